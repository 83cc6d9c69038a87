// The guest's picture, one texel a pixel of the window: no filter, no blending.

struct Place {
    // The picture's top left in the window, in pixels.
    origin: vec2<i32>,
}

@group(0) @binding(0) var<uniform> place: Place;
@group(0) @binding(1) var picture: texture_2d<f32>;

// One triangle that covers everything; the scissor cuts it to the guest area.
@vertex
fn cover(@builtin(vertex_index) index: u32) -> @builtin(position) vec4<f32> {
    let corner = vec2<f32>(f32((index << 1u) & 2u), f32(index & 2u));
    return vec4<f32>(corner * 2.0 - 1.0, 0.0, 1.0);
}

@fragment
fn texel(@builtin(position) at: vec4<f32>) -> @location(0) vec4<f32> {
    let texel = vec2<i32>(floor(at.xy)) - place.origin;
    let size = vec2<i32>(textureDimensions(picture));
    if any(texel < vec2<i32>(0)) || any(texel >= size) {
        discard;
    }
    return vec4<f32>(textureLoad(picture, texel, 0).rgb, 1.0);
}
