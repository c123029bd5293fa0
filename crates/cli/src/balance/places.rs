//! Where actors stand in the picture: the camps left and right, friends near each other, nobody on another's place.

use demarche_analysis::balance::SignedNetwork;

/// Rounds of moving.
const ROUNDS: usize = 240;
/// Networks with more actors are set on spirals: moving takes time with the square.
const MOVED: usize = 600;

/// A place in the unit square for every actor, camp `true` on the left. The same network gives the same places.
pub fn places(network: &SignedNetwork, sides: &[bool]) -> Vec<(f64, f64)> {
    let n = network.nodes();
    let mut counts = [0usize; 2];
    let sizes = [true, false].map(|side| sides.iter().filter(|s| **s == side).count());
    let mut at: Vec<(f64, f64)> = sides
        .iter()
        .map(|&side| {
            let camp = usize::from(!side);
            let (number, size) = (counts[camp] as f64, sizes[camp].max(1) as f64);
            counts[camp] += 1;
            // Sunflower spiral: evenly spread, no two alike.
            let (radius, angle) = (0.22 * ((number + 0.5) / size).sqrt(), number * 2.399_963_229_728_653);
            (centre(side) + radius * angle.cos(), 0.5 + 1.6 * radius * angle.sin())
        })
        .collect();
    if n <= MOVED {
        settle(network, sides, &mut at);
    }
    fit(&mut at);
    at
}

fn centre(side: bool) -> f64 {
    if side { 0.25 } else { 0.75 }
}

/// Springs along friendly ties and a push between any two (Fruchterman and Reingold 1991), each camp about its place.
fn settle(network: &SignedNetwork, sides: &[bool], at: &mut [(f64, f64)]) {
    let n = at.len().max(1) as f64;
    let distance = 0.75 / n.sqrt();
    for round in 0..ROUNDS {
        let mut force = vec![(0.0, 0.0); at.len()];
        for a in 0..at.len() {
            for b in a + 1..at.len() {
                let (dx, dy) = (at[a].0 - at[b].0, at[a].1 - at[b].1);
                let square = (dx * dx + dy * dy).max(1e-6);
                let push = distance * distance / square;
                force[a].0 += dx * push;
                force[a].1 += dy * push;
                force[b].0 -= dx * push;
                force[b].1 -= dy * push;
            }
        }
        for tie in network.ties().iter().filter(|tie| tie.friendly) {
            let (a, b) = (tie.a as usize, tie.b as usize);
            let (dx, dy) = (at[a].0 - at[b].0, at[a].1 - at[b].1);
            let pull = 0.25 * (dx * dx + dy * dy).sqrt() / distance;
            force[a].0 -= dx * pull;
            force[a].1 -= dy * pull;
            force[b].0 += dx * pull;
            force[b].1 += dy * pull;
        }
        let most = 0.04 * (1.0 - round as f64 / ROUNDS as f64) + 0.001;
        for (v, (x, y)) in at.iter_mut().enumerate() {
            let (mut fx, mut fy) = force[v];
            fx += 1.2 * (centre(sides[v]) - *x);
            fy += 0.5 * (0.5 - *y);
            let length = (fx * fx + fy * fy).sqrt().max(1e-12);
            let step = length.min(most);
            *x += fx / length * step;
            *y += fy / length * step;
            // The middle is kept free.
            *x = if sides[v] { x.min(0.47) } else { x.max(0.53) };
        }
    }
}

/// Stretches the places to the unit square.
fn fit(at: &mut [(f64, f64)]) {
    let span = |get: fn(&(f64, f64)) -> f64| {
        let values = at.iter().map(get);
        let (low, high) =
            values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
        (low, (high - low).max(1e-9))
    };
    let ((left, width), (top, height)) = (span(|p| p.0), span(|p| p.1));
    for (x, y) in at {
        *x = (*x - left) / width;
        *y = (*y - top) / height;
    }
}
