//! Packs the assets into the binary, compressed once.

fn main() {
    memory_serve::load_directory("./assets");
}
