//! Balance by closed walks: how much the walks that return to where they began agree in sign, long ones counting less
//! (Estrada and Benzi, "Walk-based measure of balance in signed networks", Physical Review E 90, 2014).

use super::network::SignedNetwork;
use super::spectrum::eigenvalues;

/// Networks with more actors are not measured: the work grows with the cube.
const LARGEST: usize = 1500;

/// `tr exp(A) / tr exp(|A|)`, from above 0 to 1: 1 if and only if the network is balanced. `A` holds the signs of the
/// ties. None for networks of more than 1500 actors, and for those without any.
pub fn walk_balance(network: &SignedNetwork) -> Option<f64> {
    let n = network.nodes();
    if n == 0 || n > LARGEST {
        return None;
    }
    let (mut signed, mut plain) = (vec![0.0; n * n], vec![0.0; n * n]);
    for tie in network.ties() {
        let (a, b) = (tie.a as usize, tie.b as usize);
        for at in [a * n + b, b * n + a] {
            signed[at] = f64::from(tie.sign());
            plain[at] = 1.0;
        }
    }
    let (signed, plain) = (eigenvalues(signed, n), eigenvalues(plain, n));
    // Both sums are divided by the largest term, which would not fit.
    let top = plain.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let sum = |values: &[f64]| values.iter().map(|value| (value - top).exp()).sum::<f64>();
    Some((sum(&signed) / sum(&plain)).clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::balance::Tie;

    fn triangle(hostile: usize) -> SignedNetwork {
        let pairs = [(0, 1), (0, 2), (1, 2)];
        let ties: Vec<Tie> = (0..3)
            .map(|at| Tie { a: pairs[at].0, b: pairs[at].1, friendly: at >= hostile, weight: 1 })
            .collect();
        SignedNetwork::new(3, &ties).unwrap()
    }

    #[test]
    fn balanced_networks_have_one_and_others_less() {
        assert!((walk_balance(&triangle(0)).unwrap() - 1.0).abs() < 1e-12);
        assert!((walk_balance(&triangle(2)).unwrap() - 1.0).abs() < 1e-12);
        // Eigenvalues 1, 1, -2 against 2, -1, -1.
        let e = std::f64::consts::E;
        let expected = (2.0 * e + (-2f64).exp()) / (2f64.exp() + 2.0 / e);
        assert!((walk_balance(&triangle(1)).unwrap() - expected).abs() < 1e-12);
        assert!((walk_balance(&triangle(3)).unwrap() - expected).abs() < 1e-12);
        assert_eq!(walk_balance(&SignedNetwork::default()), None);
    }
}
