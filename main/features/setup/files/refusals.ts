import { MOST_FILE_CHARS } from '../../../../contract/features/setupFiles.ts';
import type { Said } from '../../../config/issue.ts';

/** Why something is not done with a file, which is named as it lies in the hall's folder. */
export const NOT_THERE = (file: string): Said => ({
  message: { zh: `没有文件 ${file}`, en: `there is no file ${file}` },
  remedy: { zh: '它可能已被改名或移走：请返回列表查看', en: 'It may have been renamed or moved: go back to the list.' },
});

export const CHANGED = (file: string): Said => ({
  message: { zh: `${file} 在打开之后有改动`, en: `${file} has changed since it was opened` },
  remedy: {
    zh: '您写的内容还在这里：请复制要保留的部分，再重新打开文件',
    en: 'What you wrote is still here: copy what is to be kept, and open the file again.',
  },
});

export const THERE_ALREADY = (file: string): Said => ({
  message: { zh: `${file} 已经存在`, en: `${file} is there already` },
  remedy: { zh: '请先移走两个文件之一', en: 'Move one of the two files away first.' },
});

export const NOTHING_KEPT = (file: string): Said => ({
  message: { zh: `${file} 没有可以还原的内容`, en: `nothing is kept of ${file} that could be put back` },
  remedy: { zh: '它还没有在屏幕上改过，或都已还原', en: 'It was not changed on screen yet, or all was put back.' },
});

export const tooLong = (file: string): Said => ({
  message: {
    zh: `${file} 超过 ${MOST_FILE_CHARS} 字，不能在屏幕上编辑`,
    en: `${file} has more than ${MOST_FILE_CHARS} characters and is not edited on screen`,
  },
  remedy: {
    zh: '请用文本编辑器修改，或拆成几个文件',
    en: 'Change it with a text editor, or split it into several files.',
  },
});

/** An error of the file system. */
export const cannotWrite = (file: string, { message, remedy }: Said): Said => ({
  message: { zh: `${file}：${message.zh}；没有改动`, en: `${file} ${message.en}; nothing was changed` },
  remedy,
});

export const NOT_POSTED_YET = (id: string): Said => ({
  message: {
    zh: `来源向大厅的 /feeds/${id} 提交，而大厅还没有载入这个数据源`,
    en: `the source posts to /feeds/${id} of the hall, and the hall has not loaded this feed yet`,
  },
  remedy: {
    zh: '请先保存并载入，再测试：会显示此后提交的报文',
    en: 'Save and load it first, then test: what is posted from then on is shown.',
  },
});

export const MOVED: Said = {
  message: {
    zh: '这个数据源会移走读过的文件，不能测试',
    en: 'this feed moves away the files that it has read, and is not tested',
  },
  remedy: {
    zh: '请保存并载入，再把一个文件的副本放进文件夹',
    en: 'Save and load it, and drop a copy of one file into the folder.',
  },
};

export const RECORDED: Said = {
  message: { zh: '这是录制的回放，不用测试', en: 'this plays a recording, and is not tested' },
  remedy: { zh: '请保存并载入，即按录制的内容播放', en: 'Save and load it: it plays what was recorded.' },
};
