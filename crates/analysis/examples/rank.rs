//! scratch
use demarche_analysis::forecast::{fact::*, rank::*, ranking::*};
fn read(p: &str) -> Vec<Fact> {
    let mut v: Vec<Fact> = std::fs::read_to_string(p).unwrap().lines().map(|l| {
        let q: Vec<u32> = l.split_whitespace().take(4).map(|x| x.parse().unwrap()).collect();
        Fact { subject: q[0], relation: q[1], object: q[2], step: q[3] / 24 }
    }).collect();
    v.sort();
    v
}
fn main() {
    let d = std::env::var("GOLD").unwrap_or("/work/shared/gold/icews14/".into());
    let train = read(&format!("{d}train.txt"));
    let valid = read(&format!("{d}valid.txt"));
    let (mut test, mut train) = (valid, train);
    if std::env::var("INNER").is_ok() {
        let cut = 274;
        test = train.iter().copied().filter(|f| f.step >= cut).collect();
        train.retain(|f| f.step < cut);
    }
    let t0 = std::time::Instant::now();
    let mut o = Options::default();
    let env = |n: &str| std::env::var(n).ok().and_then(|x| x.parse::<f32>().ok());
    if let Some(x) = env("TREES") { o.growth.trees = x as usize }
    if let Some(x) = env("LEAVES") { o.growth.leaves = x as usize }
    if let Some(x) = env("RATE") { o.growth.rate = x }
    if let Some(x) = env("Q") { o.questions = x as usize }
    if let Some(x) = env("KEPT") { o.kept.0 = x as usize }
    if let Some(x) = env("DRAWN") { o.kept.1 = x as usize }
    if let Some(x) = env("RIDGE") { o.growth.ridge = x; o.growth.least = x }
    let mut r = Ranker::learn(&train, 7128, 230, &o);
    eprintln!("learned {:?}", t0.elapsed());
    let mut m = [[Measures::default(); 3]; 4];
    r.evaluate(&test, |q| for k in 0..4 { for _ in 0..q.times {
        m[k][0].add(q.places[k]);
        m[k][if q.seen { 1 } else { 2 }].add(q.places[k]);
    }});
    for (k, method) in Method::ALL.iter().enumerate() {
        println!("{:12} {:?}", method.as_str(), m[k].map(|x| (x.queries, (x.reciprocal().unwrap_or(0.0)*1e4).round()/100.0, (x.hits().unwrap_or([0.0;3])[2]*1e4).round()/100.0)));
    }
    eprintln!("{:?}", t0.elapsed());
}
