/** The graphics card refused something that is drawn on it. */
class CardError extends Error {
  override readonly name = 'CardError';
}

/** @throws CardError naming the shader and the driver's message. */
export function linkProgram(
  gl: WebGL2RenderingContext,
  vertex: string,
  fragment: string,
  attributes: readonly string[],
): WebGLProgram {
  const program = gl.createProgram();
  for (const [type, source, name] of [
    [gl.VERTEX_SHADER, vertex, 'vertex'],
    [gl.FRAGMENT_SHADER, fragment, 'fragment'],
  ] as const) {
    const shader = gl.createShader(type);
    if (!shader) throw new CardError('map: the graphics context is lost; reload the window');
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS) && !gl.isContextLost()) {
      throw new CardError(`map: the ${name} shader does not compile: ${gl.getShaderInfoLog(shader) ?? ''}`);
    }
    gl.attachShader(program, shader);
    gl.deleteShader(shader);
  }
  attributes.forEach((name, location) => {
    gl.bindAttribLocation(program, location, name);
  });
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    throw new CardError(`map: the shaders do not link: ${gl.getProgramInfoLog(program) ?? ''}`);
  }
  return program;
}

/** Looks uniforms up once a name. */
export function uniforms(
  gl: WebGL2RenderingContext,
  program: WebGLProgram,
): (name: string) => WebGLUniformLocation | null {
  const found = new Map<string, WebGLUniformLocation | null>();
  return (name) => {
    let at = found.get(name);
    if (at === undefined) {
      at = gl.getUniformLocation(program, name);
      found.set(name, at);
    }
    return at;
  };
}
