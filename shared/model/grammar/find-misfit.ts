type Json = Readonly<Record<string, unknown>>;

const depthLimit = 64;

/**
 * Where and why a JSON value does not fit a schema; undefined when it does. Knows the keywords that `jsonGrammar` knows
 * and takes no notice of others.
 */
export function findMisfit(
  value: unknown,
  schema: unknown,
  document: unknown = schema,
  place = 'input',
  depth = 0,
): string | undefined {
  if (depth > depthLimit) return `${place} is nested too deeply`;
  if (!isObject(schema)) return schema === false ? `${place} must not be there` : undefined;
  const look = (inner: unknown, against: unknown, at = place): string | undefined =>
    findMisfit(inner, against, document, at, depth + 1);
  const { $ref: reference, type, enum: choices, anyOf, oneOf, allOf } = schema;
  if (typeof reference === 'string') return look(value, pointedTo(document, reference));
  if ('const' in schema && !isSame(value, schema['const'])) {
    return `${place} must be ${JSON.stringify(schema['const'])}`;
  }
  if (Array.isArray(choices) && !choices.some((choice) => isSame(value, choice))) {
    return `${place} must be one of ${JSON.stringify(choices)}`;
  }
  if (type !== undefined && !(Array.isArray(type) ? type : [type]).some((name) => isOfType(value, name))) {
    return `${place} must be of type ${JSON.stringify(type)}`;
  }
  for (const some of [anyOf, oneOf]) {
    if (Array.isArray(some) && some.every((part) => look(value, part) !== undefined)) return `${place} fits no choice`;
  }
  if (Array.isArray(allOf)) {
    for (const part of allOf) {
      const misfit = look(value, part);
      if (misfit !== undefined) return misfit;
    }
  }
  if (typeof value === 'string') {
    return outside([...value].length, schema, 'minLength', 'maxLength', `${place}, in length,`);
  }
  if (typeof value === 'number') return outside(value, schema, 'minimum', 'maximum', place);
  if (Array.isArray(value)) {
    const misfits = value.map((item, index) => look(item, schema['items'], `${place}[${index}]`));
    return (
      outside(value.length, schema, 'minItems', 'maxItems', `${place}, in length,`) ??
      misfits.find((misfit) => misfit !== undefined)
    );
  }
  return isObject(value) ? findPropertyMisfit(value, schema, place, look) : undefined;
}

function findPropertyMisfit(
  value: Json,
  schema: Json,
  place: string,
  look: (inner: unknown, against: unknown, at: string) => string | undefined,
): string | undefined {
  const { required, additionalProperties: others } = schema;
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const missing = (Array.isArray(required) ? required : []).find((name) => !Object.hasOwn(value, String(name)));
  if (missing !== undefined) return `${place} lacks ${JSON.stringify(missing)}`;
  for (const [name, inner] of Object.entries(value)) {
    const misfit = look(inner, Object.hasOwn(properties, name) ? properties[name] : others, `${place}.${name}`);
    if (misfit !== undefined) return misfit;
  }
  return undefined;
}

function outside(size: number, schema: Json, leastKey: string, mostKey: string, what: string): string | undefined {
  const [least, most] = [schema[leastKey], schema[mostKey]];
  if (typeof least === 'number' && size < least) return `${what} must be ${least} or more`;
  return typeof most === 'number' && size > most ? `${what} must be ${most} or less` : undefined;
}

function isOfType(value: unknown, type: unknown): boolean {
  switch (type) {
    case 'object':
      return isObject(value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    case 'null':
      return value === null;
    default:
      return typeof value === type;
  }
}

function pointedTo(document: unknown, reference: string): unknown {
  let at = document;
  for (const step of reference.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    at = isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  }
  return at;
}

function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
