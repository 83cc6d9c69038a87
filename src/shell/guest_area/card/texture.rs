//! The guest's picture as a texture.

use iced::advanced::graphics::Viewport;
use iced::wgpu;
use iced::{Point, Rectangle};
use iced_renderer::wgpu::primitive::{Pipeline, Primitive};

use crate::display::{Rect, Size};
use crate::shell::guest_area::picture::Shown;

/// Bytes a pixel: blue first, as in the frame's words on any machine that Linux desktops run on.
const PIXEL: u32 = 4;

/// The guest's picture, to be drawn at the top left of the primitive's bounds.
#[derive(Debug)]
pub(super) struct Guest {
    shown: Shown,
}

impl Guest {
    pub(super) fn new(shown: Shown) -> Self {
        Self { shown }
    }
}

/// What stays on the card from one drawing to the next.
pub(super) struct Card {
    queue: wgpu::Queue,
    pipeline: wgpu::RenderPipeline,
    layout: wgpu::BindGroupLayout,
    place: wgpu::Buffer,
    format: wgpu::TextureFormat,
    /// The largest side of a texture here.
    largest: u32,
    held: Option<Held>,
    /// The guest was drawn since the last `trim`.
    drawn: bool,
}

/// A picture on the card.
struct Held {
    texture: wgpu::Texture,
    bindings: wgpu::BindGroup,
    size: Size,
    generation: u64,
}

impl Primitive for Guest {
    type Pipeline = Card;

    fn prepare(
        &self,
        card: &mut Card,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        bounds: &Rectangle,
        viewport: &Viewport,
    ) {
        card.drawn = true;
        let known = card.hold(device, &self.shown);
        let Some(held) = &mut card.held else {
            return;
        };
        for rect in self.shown.stale(known, held.size) {
            send(queue, &held.texture, &self.shown, rect);
        }
        held.generation = self.shown.generation;
        let [x, y] = corner(bounds.position(), viewport.scale_factor());
        queue.write_buffer(&card.place, 0, &place(x, y));
    }

    fn draw(&self, card: &Card, pass: &mut wgpu::RenderPass<'_>) -> bool {
        if let Some(held) = &card.held {
            pass.set_pipeline(&card.pipeline);
            pass.set_bind_group(0, &held.bindings, &[]);
            pass.draw(0..3, 0..1);
        }
        true
    }
}

impl Card {
    /// Makes the texture fit a picture. Returns the generation that it shows already.
    fn hold(&mut self, device: &wgpu::Device, shown: &Shown) -> Option<u64> {
        let size = Size {
            width: shown.size.width.min(self.largest),
            height: shown.size.height.min(self.largest),
        };
        if let Some(held) = self.held.as_ref().filter(|held| held.size == size) {
            return Some(held.generation);
        }
        self.forget();
        let texture = device.create_texture(&wgpu::TextureDescriptor {
            label: Some("guest"),
            size: extent(size),
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: self.format,
            usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
            view_formats: &[],
        });
        let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
        let bindings = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("guest"),
            layout: &self.layout,
            entries: &[
                wgpu::BindGroupEntry {
                    binding: 0,
                    resource: self.place.as_entire_binding(),
                },
                wgpu::BindGroupEntry {
                    binding: 1,
                    resource: wgpu::BindingResource::TextureView(&view),
                },
            ],
        });
        self.held = Some(Held {
            texture,
            bindings,
            size,
            generation: 0,
        });
        None
    }

    /// Overwrites the picture and lets go of it: memory of a card is not always cleared by its
    /// driver before someone else gets it.
    fn forget(&mut self) {
        let Some(held) = self.held.take() else {
            return;
        };
        let row = held.size.width * PIXEL;
        let zeros = vec![0; row as usize * held.size.height as usize];
        write(
            &self.queue,
            &held.texture,
            Rect::whole(held.size.width, held.size.height),
            &zeros,
            row,
        );
        self.queue.submit([]);
    }
}

impl Pipeline for Card {
    fn new(device: &wgpu::Device, queue: &wgpu::Queue, format: wgpu::TextureFormat) -> Self {
        let layout = bindings(device);
        let place = device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("guest's place"),
            size: 16,
            usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        Self {
            queue: queue.clone(),
            pipeline: pipeline(device, &layout, format),
            layout,
            place,
            format: if format.is_srgb() {
                wgpu::TextureFormat::Bgra8UnormSrgb
            } else {
                wgpu::TextureFormat::Bgra8Unorm
            },
            largest: device.limits().max_texture_dimension_2d,
            held: None,
            drawn: false,
        }
    }

    /// A guest that was not drawn in this frame (covered, or gone) leaves the card.
    fn trim(&mut self) {
        if !std::mem::take(&mut self.drawn) {
            self.forget();
        }
    }
}

fn bindings(device: &wgpu::Device) -> wgpu::BindGroupLayout {
    let entry = |binding, ty| wgpu::BindGroupLayoutEntry {
        binding,
        visibility: wgpu::ShaderStages::FRAGMENT,
        ty,
        count: None,
    };
    device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
        label: Some("guest"),
        entries: &[
            entry(
                0,
                wgpu::BindingType::Buffer {
                    ty: wgpu::BufferBindingType::Uniform,
                    has_dynamic_offset: false,
                    min_binding_size: None,
                },
            ),
            entry(
                1,
                wgpu::BindingType::Texture {
                    sample_type: wgpu::TextureSampleType::Float { filterable: false },
                    view_dimension: wgpu::TextureViewDimension::D2,
                    multisampled: false,
                },
            ),
        ],
    })
}

fn pipeline(
    device: &wgpu::Device,
    layout: &wgpu::BindGroupLayout,
    format: wgpu::TextureFormat,
) -> wgpu::RenderPipeline {
    let shader = device.create_shader_module(wgpu::include_wgsl!("guest.wgsl"));
    let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
        label: Some("guest"),
        bind_group_layouts: &[layout],
        push_constant_ranges: &[],
    });
    device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
        label: Some("guest"),
        layout: Some(&layout),
        vertex: wgpu::VertexState {
            module: &shader,
            entry_point: Some("cover"),
            compilation_options: wgpu::PipelineCompilationOptions::default(),
            buffers: &[],
        },
        fragment: Some(wgpu::FragmentState {
            module: &shader,
            entry_point: Some("texel"),
            compilation_options: wgpu::PipelineCompilationOptions::default(),
            targets: &[Some(format.into())],
        }),
        primitive: wgpu::PrimitiveState::default(),
        depth_stencil: None,
        multisample: wgpu::MultisampleState::default(),
        multiview: None,
        cache: None,
    })
}

/// The pixel nearest to a logical point, as the software renderer places the guest.
fn corner(at: Point, scale: f32) -> [i32; 2] {
    [at.x, at.y].map(|logical| (logical * scale).round().max(0.0) as i32)
}

/// The shader's `Place`, padded to what a uniform needs.
fn place(x: i32, y: i32) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes[..4].copy_from_slice(&x.to_ne_bytes());
    bytes[4..8].copy_from_slice(&y.to_ne_bytes());
    bytes
}

fn send(queue: &wgpu::Queue, texture: &wgpu::Texture, shown: &Shown, rect: Rect) {
    let start = rect.y as usize * shown.size.width as usize + rect.x as usize;
    if let Some(pixels) = shown.pixels.get(start..) {
        let row = shown.size.width * PIXEL;
        write(queue, texture, rect, bytemuck::cast_slice(pixels), row);
    }
}

/// Writes a rectangle whose first pixel is the first of `pixels`, `row` bytes from line to line.
fn write(queue: &wgpu::Queue, texture: &wgpu::Texture, rect: Rect, pixels: &[u8], row: u32) {
    queue.write_texture(
        wgpu::TexelCopyTextureInfo {
            texture,
            mip_level: 0,
            origin: wgpu::Origin3d {
                x: rect.x,
                y: rect.y,
                z: 0,
            },
            aspect: wgpu::TextureAspect::All,
        },
        pixels,
        wgpu::TexelCopyBufferLayout {
            offset: 0,
            bytes_per_row: Some(row),
            rows_per_image: None,
        },
        extent(Size {
            width: rect.width,
            height: rect.height,
        }),
    );
}

fn extent(size: Size) -> wgpu::Extent3d {
    wgpu::Extent3d {
        width: size.width,
        height: size.height,
        depth_or_array_layers: 1,
    }
}
