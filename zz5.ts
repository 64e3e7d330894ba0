import { localStage } from "./test/trackers/local-stage.ts";
const s=await localStage(); const d=s.desk;
console.log(await d.create({title:"One",type:"Epic"})); console.log(await d.create({title:"Two",parent:"PAY-1"}));
console.log(await d.show("PAY-1"));
console.log(await d.edit("PAY-1",{type:"Sub-task"}).catch(e=>e.message));
await s.end();
import { DEFAULT_SHAPE, DEFAULT_BEHAVIOUR, mayNest } from "./src/trackers/local/local-project.ts";
console.log(mayNest(DEFAULT_SHAPE, DEFAULT_BEHAVIOUR, "Sub-task","Story"), mayNest(DEFAULT_SHAPE, DEFAULT_BEHAVIOUR, "Epic","Sub-task"));
