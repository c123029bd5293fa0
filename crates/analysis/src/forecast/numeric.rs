//! The few functions of real numbers that the platform's mathematics library would give in other last digits elsewhere.

/// e to the power of `x`, to about 14 digits, from additions and multiplications alone.
pub fn exp(x: f64) -> f64 {
    if x.is_nan() {
        return x;
    }
    let x = x.clamp(-700.0, 700.0);
    let whole = (x * std::f64::consts::LOG2_E).round();
    let rest = x - whole * std::f64::consts::LN_2;
    let mut sum = 1.0;
    for n in (1..=13).rev() {
        sum = 1.0 + sum * rest / f64::from(n);
    }
    sum * f64::from_bits(((1023 + whole as i64) as u64) << 52)
}

/// e to the power of `x`, to about 6 digits; 0 below -80.
pub fn exp32(x: f32) -> f32 {
    if x < -80.0 {
        return 0.0;
    }
    let x = x.min(80.0);
    let whole = (x * std::f32::consts::LOG2_E).round();
    let rest = (x - whole * 0.693_359_4) + whole * 2.121_944_4e-4;
    // Taylor's series: `rest` lies between -0.35 and 0.35.
    let sum = 1.0
        + rest
            * (1.0
                + rest
                    * (0.5
                        + rest
                            * (1.0 / 6.0
                                + rest * (1.0 / 24.0 + rest * (1.0 / 120.0 + rest * (1.0 / 720.0))))));
    sum * f32::from_bits(((127 + whole as i32) as u32) << 23)
}

/// Natural logarithm of a positive number, to about 14 digits; of 0 and below, that of the smallest positive number.
pub fn ln(x: f64) -> f64 {
    let x = if x > f64::MIN_POSITIVE { x } else { f64::MIN_POSITIVE };
    let bits = x.to_bits();
    let mut power = ((bits >> 52) & 0x7ff) as i64 - 1023;
    let mut part = f64::from_bits((bits & 0x000f_ffff_ffff_ffff) | (1023 << 52));
    if part > std::f64::consts::SQRT_2 {
        part *= 0.5;
        power += 1;
    }
    // ln m = 2 artanh((m - 1) / (m + 1)), a series in a number below 0.172.
    let ratio = (part - 1.0) / (part + 1.0);
    let square = ratio * ratio;
    let mut sum = 0.0;
    for n in (0..=12).rev() {
        sum = sum * square + 1.0 / f64::from(2 * n + 1);
    }
    power as f64 * std::f64::consts::LN_2 + 2.0 * ratio * sum
}

/// 1 / (1 + e to the power of `-x`).
pub fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + exp(-x))
}

/// Logarithm of the gamma function of a positive number (Stirling's series above 10, the recurrence below).
pub fn ln_gamma(x: f64) -> f64 {
    let (mut x, mut product) = (x.max(1e-300), 1.0);
    while x < 10.0 {
        product *= x;
        x += 1.0;
    }
    let square = 1.0 / (x * x);
    let series = (1.0 / 12.0 - square * (1.0 / 360.0 - square * (1.0 / 1260.0 - square / 1680.0))) / x;
    (x - 0.5) * ln(x) - x + 0.918_938_533_204_672_8 + series - ln(product)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_agree_with_the_platform() {
        for at in -400..400 {
            let x = f64::from(at) * 0.37;
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-12, "{x}");
            let short = (x * 0.5) as f32;
            assert!(
                (f64::from(exp32(short)) / f64::from(short).exp() - 1.0).abs() < 1e-5 || short < -80.0,
                "{short}"
            );
            let y = x.abs() + 1e-3;
            assert!((ln(y) - y.ln()).abs() < 1e-12, "{y}");
        }
        assert!(exp(-1e9) >= 0.0 && exp(1e9).is_finite() && ln(0.0).is_finite());
        assert!((ln_gamma(5.0) - 24f64.ln()).abs() < 1e-10);
        assert!((ln_gamma(0.5) - std::f64::consts::PI.sqrt().ln()).abs() < 1e-10);
    }
}
