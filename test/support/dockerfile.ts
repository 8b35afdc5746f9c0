import { DockerfileParser, type From, type Instruction, JSONInstruction, ModifiableInstruction } from 'dockerfile-ast';

export interface Step {
  /** In capitals: `RUN`. */
  readonly keyword: string;
  /** What follows the flags, with its line breaks. */
  readonly text: string;
  /** Words of `text`, or the strings of its list in JSON. */
  readonly args: readonly string[];
  /** Whether `args` were a list in JSON, that is, run without a shell. */
  readonly isList: boolean;
  /** `--from=build` is `{ from: 'build' }`. */
  readonly flags: Readonly<Record<string, string>>;
}

export interface BuildStage {
  readonly image: string;
  readonly name: string;
  readonly steps: readonly Step[];
}

/** The stages of a Dockerfile with their instructions in order. */
export function parseDockerfile(text: string): BuildStage[] {
  const stages: (BuildStage & { readonly steps: Step[] })[] = [];
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    if (instruction.getKeyword() === 'FROM') {
      const from = instruction as From;
      stages.push({ image: from.getImage() ?? '', name: from.getBuildStage() ?? '', steps: [] });
    } else {
      stages.at(-1)?.steps.push(stepOf(instruction));
    }
  }
  return stages;
}

export function stepsNamed({ steps }: BuildStage, keyword: string): Step[] {
  return steps.filter((step) => step.keyword === keyword);
}

/** The command behind `HEALTHCHECK … CMD`, a list in JSON. */
export function healthCommand(stage: BuildStage): string[] {
  const [check] = stepsNamed(stage, 'HEALTHCHECK');
  const list = /^CMD\s+(\[.*\])$/s.exec(check?.text ?? '')?.[1];
  return list === undefined ? [] : (JSON.parse(list) as string[]);
}

function stepOf(instruction: Instruction): Step {
  const strings = instruction instanceof JSONInstruction ? instruction.getJSONStrings() : [];
  const flags = instruction instanceof ModifiableInstruction ? instruction.getFlags() : [];
  const isList = strings.length > 0;
  return {
    keyword: instruction.getKeyword(),
    text: instruction.getRawArgumentsContent() ?? '',
    args: isList
      ? strings.map((text) => text.getJSONValue())
      : instruction.getArguments().map((word) => word.getValue()),
    isList,
    flags: Object.fromEntries(flags.map((flag) => [flag.getName(), flag.getValue() ?? ''])),
  };
}
