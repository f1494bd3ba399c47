//! A sheet of paper, A4, that is written from top to bottom. Its text can be searched and copied, and it is the same bytes
//! for the same words.

use super::fonts;
use krilla::{
    Document,
    color::rgb,
    geom::{PathBuilder, Point, Rect, Size},
    metadata::{DateTime, Metadata},
    num::NormalizedF32,
    page::PageSettings,
    paint::{Fill, FillRule},
    surface::Surface,
    text::{Font, TextDirection},
};
use skrifa::{
    FontRef, MetadataProvider,
    instance::{LocationRef, Size as FontSize},
};

/// A4, in points.
const PAPER: (f32, f32) = (595.276, 841.89);
const MARGIN: f32 = 56.0;
const INK: (u8, u8, u8) = (0x1f, 0x1d, 0x1a);
const MUTE: (u8, u8, u8) = (0x5c, 0x57, 0x50);

/// Thick or thin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

/// How a piece of text is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub size: f32,
    pub weight: Weight,
    pub mute: bool,
}

/// Text as it is read.
pub(super) const BODY: Style = Style {
    size: 9.5,
    weight: Weight::Regular,
    mute: false,
};
/// What stands beside it.
pub(super) const SMALL: Style = Style {
    size: 8.0,
    weight: Weight::Regular,
    mute: true,
};
/// What it is about.
pub(super) const STRONG: Style = Style {
    size: 9.5,
    weight: Weight::Bold,
    mute: false,
};
/// The title.
pub(super) const TITLE: Style = Style {
    size: 18.0,
    weight: Weight::Bold,
    mute: false,
};

/// One thing on the sheet, where it goes.
enum Piece {
    Text {
        x: f32,
        y: f32,
        style: Style,
        text: String,
    },
    Rule {
        y: f32,
        from: f32,
        to: f32,
        thick: f32,
    },
}

/// Pages as they are filled.
pub(super) struct Sheet {
    pages: Vec<Vec<Piece>>,
    /// The next line's top.
    y: f32,
    faces: Option<Faces>,
}

struct Faces {
    regular: FontRef<'static>,
    bold: FontRef<'static>,
}

impl Sheet {
    pub(super) fn new() -> Self {
        let face = |bytes| FontRef::new(bytes).ok();
        let faces = face(fonts::regular()).zip(face(fonts::bold()));
        Self {
            pages: vec![Vec::new()],
            y: MARGIN,
            faces: faces.map(|(regular, bold)| Faces { regular, bold }),
        }
    }

    /// From the left margin to the right one.
    pub(super) const fn width() -> f32 {
        PAPER.0 - 2.0 * MARGIN
    }

    fn measure(&self, text: &str, style: Style) -> f32 {
        let Some(faces) = &self.faces else { return 0.0 };
        let face = match style.weight {
            Weight::Regular => &faces.regular,
            Weight::Bold => &faces.bold,
        };
        let metrics = face.glyph_metrics(FontSize::new(style.size), LocationRef::default());
        let map = face.charmap();
        text.chars()
            .map(|c| {
                map.map(c)
                    .and_then(|glyph| metrics.advance_width(glyph))
                    .unwrap_or(0.0)
            })
            .sum()
    }

    /// Text in lines that fit; a word longer than a line is broken.
    fn wrap(&self, text: &str, style: Style, width: f32) -> Vec<String> {
        let mut lines = vec![String::new()];
        for word in text.split(' ') {
            let last = lines.last_mut().map(std::mem::take).unwrap_or_default();
            let joined = if last.is_empty() {
                word.to_owned()
            } else {
                format!("{last} {word}")
            };
            if self.measure(&joined, style) <= width {
                if let Some(line) = lines.last_mut() {
                    *line = joined;
                }
                continue;
            }
            if last.is_empty() {
                lines.pop();
            } else if let Some(line) = lines.last_mut() {
                *line = last;
            }
            let mut piece = String::new();
            for c in word.chars() {
                piece.push(c);
                if self.measure(&piece, style) > width && piece.chars().count() > 1 {
                    piece.pop();
                    lines.push(std::mem::take(&mut piece));
                    piece.push(c);
                }
            }
            lines.push(piece);
        }
        lines
    }

    /// Makes sure that there is room, on the next page if need be.
    fn room(&mut self, height: f32) {
        if self.y + height > PAPER.1 - MARGIN {
            self.pages.push(Vec::new());
            self.y = MARGIN;
        }
    }

    fn put(&mut self, piece: Piece) {
        if let Some(page) = self.pages.last_mut() {
            page.push(piece);
        }
    }

    /// Space.
    pub(super) fn skip(&mut self, height: f32) {
        self.y += height;
    }

    /// A rule from margin to margin.
    pub(super) fn rule(&mut self, thick: f32) {
        self.room(12.0);
        self.y += 6.0;
        self.put(Piece::Rule {
            y: self.y,
            from: MARGIN,
            to: PAPER.0 - MARGIN,
            thick,
        });
        self.y += 6.0;
    }

    /// Columns side by side, each of lines; they begin on the same height. Each has its left edge, from the margin.
    pub(super) fn columns(&mut self, columns: &[(f32, Style, Vec<String>)]) {
        let edges: Vec<f32> = columns.iter().map(|(x, ..)| *x).collect();
        let wrapped: Vec<(f32, Style, Vec<String>)> = columns
            .iter()
            .enumerate()
            .map(|(at, (x, style, lines))| {
                let to = edges.get(at + 1).copied().unwrap_or(Self::width());
                let lines = lines
                    .iter()
                    .flat_map(|line| self.wrap(line, *style, to - x - 10.0));
                (*x, *style, lines.collect())
            })
            .collect();
        let rows = wrapped.iter().map(|(_, _, lines)| lines.len()).max().unwrap_or(0);
        for row in 0..rows {
            let height = wrapped
                .iter()
                .map(|(_, style, _)| style.size * 1.45)
                .fold(0.0, f32::max);
            self.room(height);
            self.y += height;
            for (x, style, lines) in &wrapped {
                if let Some(text) = lines.get(row).filter(|text| !text.is_empty()) {
                    self.put(Piece::Text {
                        x: MARGIN + x,
                        y: self.y,
                        style: *style,
                        text: text.clone(),
                    });
                }
            }
        }
    }

    /// Text from margin to margin.
    pub(super) fn text(&mut self, style: Style, text: &str) {
        self.columns(&[(0.0, style, vec![text.to_owned()])]);
    }

    /// Text on the left and an amount that ends at the right margin.
    pub(super) fn row(&mut self, style: Style, left: &str, right: &str) {
        let taken = self.measure(right, style);
        let lines = self.wrap(left, style, Self::width() - taken - 20.0);
        for (at, line) in lines.into_iter().enumerate() {
            self.room(style.size * 1.7);
            self.y += style.size * if at == 0 { 1.7 } else { 1.45 };
            self.put(Piece::Text {
                x: MARGIN,
                y: self.y,
                style,
                text: line,
            });
            if at == 0 {
                self.put(Piece::Text {
                    x: PAPER.0 - MARGIN - taken,
                    y: self.y,
                    style,
                    text: right.to_owned(),
                });
            }
        }
    }

    /// The file; nothing when the fonts cannot be read or the file
    /// cannot be written, which are faults of this program.
    pub(super) fn finish(
        self,
        title: &str,
        language: &str,
        (year, month, day): (u16, u8, u8),
    ) -> Option<Vec<u8>> {
        let regular = Font::new(fonts::regular().into(), 0)?;
        let bold = Font::new(fonts::bold().into(), 0)?;
        let mut document = Document::new();
        document.set_metadata(
            Metadata::new()
                .title(title.to_owned())
                .language(language.to_owned())
                .creation_date(DateTime::new(year).month(month).day(day)),
        );
        for pieces in self.pages {
            let mut page = document.start_page_with(PageSettings::new(Size::from_wh(PAPER.0, PAPER.1)?));
            let mut surface = page.surface();
            for piece in pieces {
                draw(&mut surface, &piece, (&regular, &bold));
            }
            surface.finish();
            page.finish();
        }
        document.finish().ok()
    }
}

fn draw(surface: &mut Surface<'_>, piece: &Piece, (regular, bold): (&Font, &Font)) {
    let fill = |(r, g, b): (u8, u8, u8)| Fill {
        paint: rgb::Color::new(r, g, b).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::default(),
    };
    match piece {
        Piece::Text { x, y, style, text } => {
            surface.set_fill(Some(fill(if style.mute { MUTE } else { INK })));
            let font = match style.weight {
                Weight::Regular => regular,
                Weight::Bold => bold,
            };
            let at = Point::from_xy(*x, *y);
            surface.draw_text(at, font.clone(), style.size, text, false, TextDirection::Auto);
        }
        Piece::Rule { y, from, to, thick } => {
            surface.set_fill(Some(fill(MUTE)));
            let mut path = PathBuilder::new();
            if let Some(rect) = Rect::from_xywh(*from, *y, to - from, *thick) {
                path.push_rect(rect);
            }
            if let Some(path) = path.finish() {
                surface.draw_path(&path);
            }
        }
    }
}
