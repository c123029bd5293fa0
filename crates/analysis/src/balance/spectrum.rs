//! Eigenvalues and eigenvectors of symmetric matrices, by Householder's reduction to three diagonals and the implicit QL
//! method (Wilkinson and Reinsch, "Linear Algebra", 1971). Own code so that the same matrix gives the same bits
//! everywhere: general libraries choose their arithmetic by the processor.

/// The eigenvalues of a symmetric matrix of `n` rows, given row by row, in no order.
pub(crate) fn eigenvalues(matrix: Vec<f64>, n: usize) -> Vec<f64> {
    decompose(matrix, n, false).0
}

/// Eigenvalues and, if asked, eigenvectors: row `i` of the second belongs to value `i`.
pub(crate) fn decompose(mut a: Vec<f64>, n: usize, vectors: bool) -> (Vec<f64>, Vec<f64>) {
    debug_assert_eq!(a.len(), n * n);
    let (mut diagonal, mut beside) = (vec![0.0; n], vec![0.0; n]);
    let mut reflectors: Vec<(usize, Vec<f64>)> = Vec::new();
    // Row by row from the last, a reflection clears all but the entry beside the diagonal.
    for i in (1..n).rev() {
        diagonal[i] = a[i * n + i];
        let norm = a[i * n..i * n + i].iter().map(|x| x * x).sum::<f64>().sqrt();
        let rest: f64 = a[i * n..i * n + i - 1].iter().map(|x| x * x).sum();
        if rest == 0.0 {
            beside[i] = a[i * n + i - 1];
            continue;
        }
        let mut u = a[i * n..i * n + i].to_vec();
        let head = if u[i - 1] > 0.0 { -norm } else { norm };
        beside[i] = head;
        u[i - 1] -= head;
        let scale = (2.0 / u.iter().map(|x| x * x).sum::<f64>()).sqrt();
        u.iter_mut().for_each(|x| *x *= scale);
        // A becomes (I - uu') A (I - uu') with u scaled so that u'u = 2.
        let mut p = vec![0.0; i];
        for (row, p) in p.iter_mut().enumerate() {
            *p = a[row * n..row * n + i].iter().zip(&u).map(|(x, y)| x * y).sum();
        }
        let half = u.iter().zip(&p).map(|(x, y)| x * y).sum::<f64>() / 2.0;
        p.iter_mut().zip(&u).for_each(|(p, u)| *p -= half * u);
        for row in 0..i {
            let (ur, pr) = (u[row], p[row]);
            let entries = a[row * n..row * n + i].iter_mut();
            entries.zip(u.iter().zip(&p)).for_each(|(x, (u, p))| *x -= ur * p + pr * u);
        }
        if vectors {
            reflectors.push((i, u));
        }
    }
    if n > 0 {
        diagonal[0] = a[0];
    }
    let mut basis = Vec::new();
    if vectors {
        // Rows are the images of the unit vectors: the transposed product of the reflections.
        basis = vec![0.0; n * n];
        (0..n).for_each(|i| basis[i * n + i] = 1.0);
        for (i, u) in reflectors.iter().rev() {
            for row in 0..n {
                let entries = &mut basis[row * n..row * n + i];
                let along: f64 = entries.iter().zip(u).map(|(x, y)| x * y).sum();
                entries.iter_mut().zip(u).for_each(|(x, u)| *x -= along * u);
            }
        }
    }
    tridiagonal(&mut diagonal, &mut beside, &mut basis, n);
    (diagonal, basis)
}

/// The implicit QL method; turns the rows of `basis` along, if there are any.
fn tridiagonal(diagonal: &mut [f64], beside: &mut [f64], basis: &mut [f64], n: usize) {
    if n == 0 {
        return;
    }
    beside.rotate_left(1);
    beside[n - 1] = 0.0;
    for l in 0..n {
        // Converges in two or three turns; the limit only keeps bad numbers from looping.
        for _ in 0..200 {
            let small =
                |m: &usize| beside[*m].abs() <= f64::EPSILON * (diagonal[*m].abs() + diagonal[*m + 1].abs());
            let m = (l..n - 1).find(small).unwrap_or(n - 1);
            if m == l {
                break;
            }
            let mut g = (diagonal[l + 1] - diagonal[l]) / (2.0 * beside[l]);
            let r = g.hypot(1.0);
            g = diagonal[m] - diagonal[l] + beside[l] / (g + r.copysign(g));
            let (mut s, mut c, mut p) = (1.0, 1.0, 0.0);
            let mut whole = true;
            for i in (l..m).rev() {
                let f = s * beside[i];
                let b = c * beside[i];
                let r = f.hypot(g);
                beside[i + 1] = r;
                if r == 0.0 {
                    diagonal[i + 1] -= p;
                    beside[m] = 0.0;
                    whole = false;
                    break;
                }
                (s, c) = (f / r, g / r);
                g = diagonal[i + 1] - p;
                let r = (diagonal[i] - g) * s + 2.0 * c * b;
                p = s * r;
                diagonal[i + 1] = g + p;
                g = c * r - b;
                if !basis.is_empty() {
                    let (upper, lower) = basis.split_at_mut((i + 1) * n);
                    let (x, y) = (&mut upper[i * n..], &mut lower[..n]);
                    for (x, y) in x.iter_mut().zip(y) {
                        (*x, *y) = (c * *x - s * *y, s * *x + c * *y);
                    }
                }
            }
            if whole {
                diagonal[l] -= p;
                beside[l] = g;
                beside[m] = 0.0;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn vectors_and_values_give_the_matrix_back(n in 1usize..9, seed in proptest::collection::vec(-3i32..4, 64)) {
            let mut matrix = vec![0.0; n * n];
            for i in 0..n {
                for j in 0..=i {
                    let value = f64::from(seed[i * 8 + j]);
                    (matrix[i * n + j], matrix[j * n + i]) = (value, value);
                }
            }
            let (values, vectors) = decompose(matrix.clone(), n, true);
            for i in 0..n {
                for j in 0..n {
                    let sum: f64 = (0..n).map(|k| values[k] * vectors[k * n + i] * vectors[k * n + j]).sum();
                    prop_assert!((sum - matrix[i * n + j]).abs() < 1e-9, "{} {}", sum, matrix[i * n + j]);
                }
            }
            let mut plain = eigenvalues(matrix, n);
            let mut values = values;
            plain.sort_by(f64::total_cmp);
            values.sort_by(f64::total_cmp);
            for (a, b) in plain.iter().zip(&values) {
                prop_assert!((a - b).abs() < 1e-9);
            }
        }
    }
}
