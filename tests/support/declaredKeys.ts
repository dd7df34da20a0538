import { parseSync } from '@swc/core';

/** A key that source declares, as far as it can be read without running it. */
export interface DeclaredKey {
  /** With `*` for what is put together at run time. */
  readonly id: string;
  readonly keys: readonly string[];
  /** The region it works in; `everywhere` also for one that is told its region. */
  readonly scope: string;
  /** It stands over the window, before regions. */
  readonly front: boolean;
}

// biome-ignore lint/suspicious/noExplicitAny: a tree of every kind of node, read by the kinds that matter here
type Node = any;
/** What a name stands for: one of these. */
type Values = readonly Node[];
type Names = ReadonlyMap<string, Values>;

/**
 * The keys that a file declares: objects with `id` and `keys: […]`, through spreads of objects and constants, conditions, and `map` over a
 * constant list.
 *
 * @param given.imported what the file's imported tables hold, by name
 */
export function declaredKeys(
  source: string,
  { tsx, imported }: { tsx: boolean; imported: Readonly<Record<string, readonly (string | number)[]>> },
): readonly DeclaredKey[] {
  const found: DeclaredKey[] = [];
  const names = new Map<string, Values>(
    Object.entries(imported).map(([name, values]) => [name, [list(values.map(literal))]]),
  );
  const tree = parseSync(source, { syntax: 'typescript', tsx, target: 'esnext' });
  each(tree, (node) => {
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.init)
      names.set(node.id.value, [plain(node.init)]);
  });
  visit(tree, names);
  return found;

  function visit(node: Node, known: Names): void {
    if (node === null || typeof node !== 'object') return;
    if (Array.isArray(node)) {
      for (const item of node) visit(item, known);
      return;
    }
    if (node.type === 'ObjectExpression') {
      const object = membersOf(node, known);
      const [keys] = valuesOf(object.get('keys'), known);
      if (object.has('id') && keys?.type === 'ArrayExpression') {
        found.push({
          id: textsOf(object.get('id'), known)[0] ?? '',
          keys: keys.elements.flatMap((item: Node) => textsOf(item?.expression, known)),
          scope: object.has('scope') ? (textsOf(object.get('scope'), known)[0] ?? 'everywhere') : 'everywhere',
          front: valuesOf(object.get('front'), known)[0]?.value === true,
        });
        return;
      }
    }
    const { callee, arguments: given } = node.type === 'CallExpression' ? node : { callee: null, arguments: [] };
    const over = callee?.type === 'MemberExpression' && callee.property.value === 'map' ? callee.object : null;
    const body = given[0]?.expression;
    if (over !== null && body?.type === 'ArrowFunctionExpression') {
      const items = valuesOf(over, known).flatMap((value) => elementsOf(value, known));
      const within = new Map(known);
      for (const pattern of body.params) bind(pattern.type === 'Parameter' ? pattern.pat : pattern, items, within);
      visit(body.body, within);
      return;
    }
    for (const [name, member] of Object.entries(node)) if (name !== 'span') visit(member, known);
  }
}

/** Every node of a tree. */
function each(node: Node, see: (node: Node) => void): void {
  if (node === null || typeof node !== 'object') return;
  if (!Array.isArray(node)) see(node);
  for (const [name, member] of Object.entries(node)) if (name !== 'span') each(member, see);
}

/** Without what only types look at. */
function plain(node: Node): Node {
  const wraps = ['TsConstAssertion', 'TsAsExpression', 'TsSatisfiesExpression', 'ParenthesisExpression'];
  return wraps.includes(node?.type) ? plain(node.expression) : node;
}

function literal(value: string | number): Node {
  return typeof value === 'string' ? { type: 'StringLiteral', value } : { type: 'NumericLiteral', value };
}

function list(items: Values): Node {
  return { type: 'ArrayExpression', elements: items.map((expression) => ({ expression })) };
}

/** What an expression may be. */
function valuesOf(expression: Node, known: Names): Values {
  const node = plain(expression);
  switch (node?.type) {
    case undefined:
      return [];
    case 'Identifier':
      return known.get(node.value) ?? [];
    case 'ConditionalExpression':
      return [...valuesOf(node.consequent, known), ...valuesOf(node.alternate, known)];
    case 'MemberExpression':
      // One of a table, whichever.
      return valuesOf(node.object, known).flatMap((value) => elementsOf(value, known));
    case 'CallExpression':
      return node.callee.value === 'String' ? valuesOf(node.arguments[0]?.expression, known) : [];
    default:
      return [node];
  }
}

function elementsOf(value: Node, known: Names): Values {
  if (value?.type === 'ObjectExpression')
    return [...membersOf(value, known).values()].flatMap((item) => valuesOf(item, known));
  if (value?.type !== 'ArrayExpression') return [];
  return value.elements.flatMap((item: Node) =>
    item?.spread
      ? valuesOf(item.expression, known).flatMap((inner) => elementsOf(inner, known))
      : valuesOf(item?.expression, known),
  );
}

function textsOf(expression: Node, known: Names): readonly string[] {
  return valuesOf(expression, known).flatMap((value) => {
    if (value.type === 'TemplateLiteral') return [value.quasis.map((part: Node) => part.cooked ?? part.raw).join('*')];
    return ['StringLiteral', 'NumericLiteral'].includes(value.type) ? [String(value.value)] : [];
  });
}

/** The members of an object, with those of the objects spread in it. */
function membersOf(object: Node, known: Names): Map<string, Node> {
  const members = new Map<string, Node>();
  for (const property of object.properties) {
    if (property.type === 'SpreadElement')
      for (const value of valuesOf(property.arguments, known))
        if (value.type === 'ObjectExpression')
          for (const [name, member] of membersOf(value, known)) members.set(name, member);
    if (property.type === 'KeyValueProperty') members.set(String(property.key.value), plain(property.value));
    if (property.type === 'Identifier') members.set(property.value, property);
  }
  return members;
}

/** Names of a parameter, for each of what it may be given. */
function bind(pattern: Node, items: Values, names: Map<string, Values>): void {
  if (pattern.type === 'Identifier') names.set(pattern.value, items);
  if (pattern.type === 'ArrayPattern')
    pattern.elements.forEach((element: Node, i: number) => {
      if (element)
        bind(
          element,
          items.flatMap((item) => plain(item.elements?.[i]?.expression) ?? []),
          names,
        );
    });
  if (pattern.type === 'ObjectPattern')
    for (const property of pattern.properties) {
      const of = String(property.key?.value);
      const values = items.flatMap((item) =>
        item.type === 'ObjectExpression' ? valuesOf(membersOf(item, names).get(of), names) : [],
      );
      if (property.type === 'AssignmentPatternProperty') names.set(of, values);
      if (property.type === 'KeyValuePatternProperty') bind(property.value, values, names);
    }
}
