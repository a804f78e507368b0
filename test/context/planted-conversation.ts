import type { Turn } from './fill-branch.ts';

/** Something said once in a long conversation, and how it is asked for much later, in other words where people would. */
export interface PlantedFact {
  readonly said: string;
  readonly asked: string;
  /** Stands in what was said; the prompt must hold it when it is asked for. */
  readonly answer: string;
}

export const plantedFacts: readonly PlantedFact[] = [
  {
    said: 'By the way, my sister Marit gets married on 14 June in Bergen.',
    asked: 'When is the wedding of my sister?',
    answer: '14 June',
  },
  {
    said: 'I am allergic to walnuts, so please never suggest them.',
    asked: 'Which nuts am I allergic to?',
    answer: 'walnuts',
  },
  {
    said: 'The plumber quoted 1,840 euros for the new boiler.',
    asked: 'How much did the plumber want for the boiler?',
    answer: '1,840 euros',
  },
  { said: 'Our dentist is Dr. Okonkwo on Lind Street.', asked: "What was our dentist's name?", answer: 'Okonkwo' },
  {
    said: 'We decided to call the sailing boat Petrel.',
    asked: 'What name did we choose for the boat?',
    answer: 'Petrel',
  },
  {
    said: 'The parcel for the museum has the tracking number ZX-77410.',
    asked: 'What is the tracking number of the parcel?',
    answer: 'ZX-77410',
  },
  {
    said: 'I promised Tomas to return his telescope before the end of October.',
    asked: 'What did I promise Tomas?',
    answer: 'telescope',
  },
  {
    said: 'My grandmother grew up in a village called Oravais.',
    asked: 'In which village did my grandmother grow up?',
    answer: 'Oravais',
  },
  {
    said: 'The greenhouse must stay above 7 degrees at night.',
    asked: 'How warm does the greenhouse have to be at night?',
    answer: '7 degrees',
  },
  {
    said: 'Our choir rehearses every Wednesday at 19:15 in the old granary.',
    asked: 'When does the choir rehearse?',
    answer: '19:15',
  },
  {
    said: 'The combination of the bicycle lock is 4093.',
    asked: 'What is the code for my bicycle lock?',
    answer: '4093',
  },
  {
    said: 'My manager is called Ingeborg Falk and she likes short reports.',
    asked: 'Who is my manager again?',
    answer: 'Ingeborg Falk',
  },
  {
    said: 'We agreed that the workshop floor will be oak, not pine.',
    asked: 'Which wood did we agree on for the workshop floor?',
    answer: 'oak',
  },
  {
    said: 'The vet said that the cat needs 12 mg of the tablets twice a day.',
    asked: 'What dose of tablets does the cat need?',
    answer: '12 mg',
  },
  {
    said: 'Our flight to Lisbon is TP557 and leaves from gate C14.',
    asked: 'Which flight do we take to Lisbon?',
    answer: 'TP557',
  },
  { said: 'I work as a restorer of church organs.', asked: 'What do I do for work?', answer: 'organs' },
  {
    said: 'The lease of the studio ends on 28 February.',
    asked: 'When does the studio lease end?',
    answer: '28 February',
  },
  {
    said: 'The spare key lies under the blue flowerpot beside the shed.',
    asked: 'Where did I put the spare key?',
    answer: 'blue flowerpot',
  },
  {
    said: 'My son Eskil is in class 4B and plays the bassoon.',
    asked: 'Which instrument does my son play?',
    answer: 'bassoon',
  },
  {
    said: 'The password hint for the router is the name of my first teacher, Runeberg.',
    asked: 'What was the hint for the router password?',
    answer: 'Runeberg',
  },
  { said: '对了，我妹妹的生日是五月二十三号。', asked: '我妹妹什么时候过生日？', answer: '五月二十三号' },
  { said: '我对芒果过敏，吃了会起疹子。', asked: '我对哪种水果过敏？', answer: '芒果' },
  { said: '装修师傅说厨房一共要三万六千元。', asked: '厨房装修要花多少钱？', answer: '三万六千元' },
  { said: '我的同事叫欧阳静，她负责仓库。', asked: '负责仓库的同事叫什么名字？', answer: '欧阳静' },
  { said: '我们最后决定把小船取名叫白鹭。', asked: '我们给小船取了什么名字？', answer: '白鹭' },
  { said: '我答应老周月底之前把相机还给他。', asked: '我答应老周什么事？', answer: '相机' },
  { said: '去青岛的高铁是G1064，早上八点二十开。', asked: '去青岛坐哪趟高铁？', answer: 'G1064' },
  { said: '备用钥匙放在阳台的陶罐里面。', asked: '备用钥匙在哪里？', answer: '陶罐' },
  { said: '我奶奶小时候住在一个叫石塘的渔村。', asked: '我奶奶小时候住在哪个村子？', answer: '石塘' },
  { said: '书法课每周四晚上七点半在文化馆。', asked: '书法课是什么时候？', answer: '七点半' },
];

const things = [
  'kettle',
  'bridge',
  'garden',
  'novel',
  'lamp',
  'market',
  'roof',
  'cello',
  'river',
  'stove',
  'poster',
  'ladder',
  'shelf',
  'museum',
  'ferry',
  'orchard',
  'carpet',
  'camera',
  'bakery',
  'tunnel',
];
const places = ['Utrecht', 'Turku', 'Ghent', 'Porto', 'Graz', 'Aarhus', 'Leeds', 'Riga', 'Bilbao', 'Lyon'];
const names = ['Clara', 'Henrik', 'Salma', 'Jonas', 'Mei', 'Pavel', 'Ruth', 'Diego', 'Anja', 'Farid'];
const wideThings = [
  '茶壶',
  '石桥',
  '花园',
  '小说',
  '台灯',
  '集市',
  '屋顶',
  '提琴',
  '河流',
  '炉子',
  '海报',
  '梯子',
  '书架',
  '渡口',
  '果园',
  '地毯',
  '面包店',
  '隧道',
  '风筝',
  '水塔',
];
const widePlaces = ['苏州', '大理', '厦门', '兰州', '桂林', '西安', '成都', '昆明'];

/** A long conversation of small talk full of other names, dates and amounts, with the facts spread over it. */
export function plantedConversation(chars: number, facts: readonly PlantedFact[] = plantedFacts): Turn[] {
  const random = generator(7);
  const pick = <T>(list: readonly T[]): T => {
    const item = list[Math.floor(random() * list.length)];
    if (item === undefined) throw new Error('An empty list.');
    return item;
  };
  const turns: Turn[] = [];
  let written = 0;
  let planted = 0;
  while (written < chars) {
    const wide = planted >= 20;
    const question = wide ? wideQuestion(pick) : englishQuestion(pick);
    const answer = Array.from({ length: 3 + Math.floor(random() * 4) }, () =>
      wide ? wideSentence(pick, random) : englishSentence(pick, random),
    ).join(wide ? '' : ' ');
    const due = facts[planted];
    const isDue = due !== undefined && written >= (planted * chars * 0.92) / facts.length;
    const asked = isDue ? `${question} ${due.said}` : question;
    if (isDue) planted += 1;
    turns.push({ role: 'user', text: asked }, { role: 'assistant', text: answer });
    written += asked.length + answer.length;
  }
  if (planted < facts.length) throw new Error(`Only ${planted} facts found a place.`);
  return turns;
}

type Pick = <T>(list: readonly T[]) => T;

function englishQuestion(pick: Pick): string {
  return pick([
    `What should I know about the ${pick(things)} in ${pick(places)}?`,
    `How would you describe the ${pick(things)} that ${pick(names)} spoke about?`,
    `Can you compare a ${pick(things)} with a ${pick(things)} for me?`,
    `Why do people in ${pick(places)} care so much about the ${pick(things)}?`,
  ]);
}

function englishSentence(pick: Pick, random: () => number): string {
  const number = 10 + Math.floor(random() * 900);
  return pick([
    `The ${pick(things)} in ${pick(places)} was finished in ${1800 + (number % 200)} and repaired twice since.`,
    `${pick(names)} from ${pick(places)} wrote ${number} pages about it.`,
    `A ${pick(things)} of that kind costs about ${number} dollars today.`,
    `Most visitors come on ${pick(['Monday', 'Friday', 'Sunday'])} to see the ${pick(things)} and the ${pick(things)}.`,
    `It depends on the light, the season and the patience of whoever looks at the ${pick(things)}.`,
    `In the words of ${pick(names)}, a ${pick(things)} is worth more than a ${pick(things)}.`,
  ]);
}

function wideQuestion(pick: Pick): string {
  return pick([
    `${pick(widePlaces)}的${pick(wideThings)}有什么特别？`,
    `能不能比较一下${pick(wideThings)}和${pick(wideThings)}？`,
    `为什么大家都喜欢${pick(widePlaces)}的${pick(wideThings)}？`,
  ]);
}

function wideSentence(pick: Pick, random: () => number): string {
  const number = 10 + Math.floor(random() * 900);
  return pick([
    `${pick(widePlaces)}的${pick(wideThings)}建于${1800 + (number % 200)}年，后来修过两次。`,
    `那里的${pick(wideThings)}大约要${number}块钱。`,
    `周末来看${pick(wideThings)}的人最多，平时比较安静。`,
    `老人们常说，${pick(wideThings)}比${pick(wideThings)}更值得细看。`,
    `这要看天气、季节，还有看${pick(wideThings)}的人有没有耐心。`,
  ]);
}

/** The same numbers every time: mulberry32. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
