/** The part of WebGL2 that the buffer needs. */
type Buffers = Pick<
  WebGL2RenderingContext,
  | 'canvas'
  | 'bindFramebuffer'
  | 'createFramebuffer'
  | 'deleteFramebuffer'
  | 'framebufferRenderbuffer'
  | 'createRenderbuffer'
  | 'deleteRenderbuffer'
  | 'bindRenderbuffer'
  | 'renderbufferStorage'
  | 'blitFramebuffer'
  | 'FRAMEBUFFER'
  | 'READ_FRAMEBUFFER'
  | 'DRAW_FRAMEBUFFER'
  | 'RENDERBUFFER'
  | 'COLOR_ATTACHMENT0'
  | 'DEPTH_STENCIL_ATTACHMENT'
  | 'RGBA8'
  | 'DEPTH24_STENCIL8'
  | 'COLOR_BUFFER_BIT'
  | 'NEAREST'
>;

/** A picture of the canvas' size that is drawn past the canvas. */
export interface BackBuffer {
  /** Has what `render` draws on the canvas drawn on the picture instead. */
  draw(render: () => void): void;
  /** Puts the picture on the canvas. The card must have finished it: until then this would stop the page. */
  show(): void;
  /** The card has lost it. */
  forget(): void;
}

/**
 * Whoever draws on a canvas stops the page until the card has finished: the picture of the page has to have it. On a PC without a
 * graphics card that is half a second for a frame of a city, in which no key does anything. What is drawn past the canvas stops nobody,
 * and is put on the canvas in a few ms when it is there.
 */
export function createBackBuffer(gl: Buffers): BackBuffer {
  const bind = gl.bindFramebuffer.bind(gl);
  let picture: { buffer: WebGLFramebuffer; parts: WebGLRenderbuffer[]; width: number; height: number } | null = null;
  let drawing = false;
  // MapLibre draws on `null`, and has no setting for another place.
  gl.bindFramebuffer = (target, buffer) => bind(target, buffer ?? (drawing && picture ? picture.buffer : null));

  const part = (format: GLenum, attachment: GLenum, width: number, height: number): WebGLRenderbuffer => {
    const made = gl.createRenderbuffer();
    gl.bindRenderbuffer(gl.RENDERBUFFER, made);
    gl.renderbufferStorage(gl.RENDERBUFFER, format, width, height);
    gl.framebufferRenderbuffer(gl.FRAMEBUFFER, attachment, gl.RENDERBUFFER, made);
    return made;
  };

  const size = (): void => {
    const { width, height } = gl.canvas;
    if (picture?.width === width && picture.height === height) return;
    if (picture) {
      gl.deleteFramebuffer(picture.buffer);
      for (const each of picture.parts) gl.deleteRenderbuffer(each);
    }
    const buffer = gl.createFramebuffer();
    bind(gl.FRAMEBUFFER, buffer);
    const parts = [
      part(gl.RGBA8, gl.COLOR_ATTACHMENT0, width, height),
      part(gl.DEPTH24_STENCIL8, gl.DEPTH_STENCIL_ATTACHMENT, width, height),
    ];
    gl.bindRenderbuffer(gl.RENDERBUFFER, null);
    picture = { buffer, parts, width, height };
  };

  return {
    draw(render) {
      size();
      drawing = true;
      bind(gl.FRAMEBUFFER, picture?.buffer ?? null);
      try {
        render();
      } finally {
        drawing = false;
        bind(gl.FRAMEBUFFER, null);
      }
    },
    show() {
      if (!picture) return;
      const { buffer, width, height } = picture;
      bind(gl.READ_FRAMEBUFFER, buffer);
      bind(gl.DRAW_FRAMEBUFFER, null);
      gl.blitFramebuffer(0, 0, width, height, 0, 0, width, height, gl.COLOR_BUFFER_BIT, gl.NEAREST);
      bind(gl.FRAMEBUFFER, null);
    },
    forget() {
      picture = null;
    },
  };
}
