import { loadParser } from "./src/io/parse-markdown.ts";
import { markdownFormat } from "./src/core/text/markdown-format.ts";
const p=await loadParser(); const f=markdownFormat(p);
const body=(i:number)=>f.print({blocks:[`Some text ${i} with *emphasis* and \`code\` that goes on for a line or two, as texts do.`,"- a\n- b"],criteria:[{text:"one thing "+i,checked:false},{text:"another",checked:true}],footer:"From specs/payments.md › Key. Please change title and text there."});
let t=performance.now(); const bodies=Array.from({length:25000},(_,i)=>body(i)); console.log("print",performance.now()-t);
t=performance.now(); for(const b of bodies) f.parse(b); console.log("parse",performance.now()-t);
t=performance.now(); for(const b of bodies) p.parse(b); console.log("raw parse",performance.now()-t);
