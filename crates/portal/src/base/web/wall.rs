/// Stones in a row.
const ROW: u64 = 15;
/// Drawn one by one up to this many, one per percent above.
const MOST: u64 = 100;

/// One stone of a [`Wall`], at its left upper corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stone {
    /// From the left.
    pub x: f32,
    /// From the top.
    pub y: f32,
    /// Whether the seat is free.
    pub free: bool,
}

/// Seats as stones in a wall, the taken ones at the foot; drawn by the macro `seats` of `base/web/parts.html`.
#[derive(Debug, Clone, PartialEq)]
pub struct Wall {
    /// From the foot upwards.
    pub stones: Vec<Stone>,
    /// Height of the drawing; its width is 124.
    pub height: u64,
}

impl Wall {
    /// The wall of `total` seats of which `used` are taken.
    #[must_use]
    pub fn new(used: u64, total: u64) -> Self {
        let used = used.min(total);
        let (used, total) = if total > MOST {
            // A taken seat is always seen, and so is a free one.
            let percent = (u128::from(used) * 100).div_ceil(u128::from(total));
            let percent = u64::try_from(percent).unwrap_or(MOST);
            let percent = if used < total { percent.min(MOST - 1) } else { MOST };
            (percent, MOST)
        } else {
            (used, total)
        };
        let rows = total.div_ceil(ROW).max(1);
        let stones = (0..total).map(|at| {
            let (row, place) = (at / ROW, at % ROW);
            Stone {
                x: small(place) * 8.0 + 0.4 + if row % 2 == 1 { 4.0 } else { 0.0 },
                y: small(rows - 1 - row) * 5.0 + 0.4,
                free: at >= used,
            }
        });
        Self {
            stones: stones.collect(),
            height: rows * 5,
        }
    }
}

fn small(number: u64) -> f32 {
    f32::from(u16::try_from(number).unwrap_or(u16::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn stones_stand_in_the_drawing_and_say_how_many_are_taken(used in 0u64..40_000, total in 0u64..30_000) {
            let wall = Wall::new(used, total);
            let taken = wall.stones.iter().filter(|stone| !stone.free).count() as u64;
            prop_assert_eq!(wall.stones.len() as u64, total.min(100));
            if total <= 100 {
                prop_assert_eq!(taken, used.min(total));
            } else {
                prop_assert_eq!(taken == 0, used == 0);
                prop_assert_eq!(taken == 100, used >= total);
            }
            for stone in &wall.stones {
                prop_assert!(stone.x >= 0.0 && stone.x + 7.2 <= 124.0);
                prop_assert!(stone.y >= 0.0 && stone.y + 4.2 <= small(wall.height));
            }
            prop_assert!(wall.stones.is_sorted_by_key(|stone| stone.free), "the taken ones are at the foot");
        }
    }
}
