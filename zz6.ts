import { localStage } from "./test/trackers/local-stage.ts";
import { base } from "./test/conformance/stage.ts";
const s=await localStage(); const h="a".repeat(64);
const full=(t:string)=>base(t,{ticket:"id",fields:{title:{spec:"T",echo:"T",agreed:true},type:{spec:"Story",echo:"Story",agreed:true},parent:{spec:null,echo:null,agreed:true},status:{spec:"todo",echo:"Todo",agreed:true},labels:{spec:[],echo:[],agreed:true},criteria:{spec:{digest:h,list:[{text:"one thing",checked:false},{text:"two things",checked:true}]},echo:{digest:h,list:[{text:"one thing",checked:false},{text:"two things",checked:true}]},agreed:true},body:{spec:{whole:h,blocks:[h,h,h,h]},echo:{whole:h,blocks:[h,h,h,h]},agreed:true,canonical:h}},text:h});
let t=performance.now();
for(let i=0;i<250;i++) await s.tracker.create(Array.from({length:100},(_,j)=>({token:`t${i}-${j}`,title:`Ticket ${i} ${j}`,type:"Story",parent:null,status:null,labels:["canon"],body:"Some text that is a body\n\n".repeat(20),base:full(`t${i}-${j}`),extra:{}})));
console.log("create 25k",performance.now()-t);
for(let k=0;k<3;k++){const tr=s.again(); t=performance.now(); const r=await tr.read({managed:true}); console.log("read managed",r.tickets.length,performance.now()-t);}
const keys=Array.from({length:25000},(_,i)=>`PAY-${i+1}`);
t=performance.now(); console.log((await s.tracker.read({keys})).tickets.length,"keys",performance.now()-t);
t=performance.now(); for(let i=0;i<50;i++) await s.tracker.read({keys:keys.slice(i*500,i*500+500)}); console.log("keys by 500",performance.now()-t);
await s.end();
