//! Exact solution by elimination of vertices one after the other (dynamic programming over a tree decomposition).
//!
//! Eliminating a vertex makes a table of the best cost for every partition of those of its neighbours that remain. The
//! work doubles with each such neighbour, so this is for narrow graphs: grids, chains, sparse borders. See Bodlaender
//! and Koster, "Treewidth computations I: upper bounds" (Information and Computation 208, 2010) for the orders.

use super::part::Part;

/// Most neighbours that remain when a vertex goes.
const WIDEST: usize = 24;
/// Graphs with more vertices are not tried.
const LARGEST: usize = 3000;
/// Sweeps are tried from so many vertices.
const SWEEPS: usize = 40;

/// An order of elimination and what it costs.
#[derive(Debug, Clone)]
pub(super) struct Order {
    /// The vertices in the order in which they go. The vertex that is missing keeps its side.
    vertices: Vec<u32>,
    /// Entries of all tables together.
    pub(super) entries: u64,
}

/// Rows of bits: who is whose neighbour.
#[derive(Clone)]
struct Neighbours {
    words: usize,
    bits: Vec<u64>,
}

impl Neighbours {
    fn of(part: &Part, without: u32) -> Self {
        let n = part.nodes();
        let words = n.div_ceil(64);
        let mut graph = Self { words, bits: vec![0; n * words] };
        for &(a, b, _) in part.edges.iter().filter(|&&(a, b, _)| a != without && b != without) {
            graph.set(a, b);
            graph.set(b, a);
        }
        graph
    }

    fn set(&mut self, a: u32, b: u32) {
        self.bits[a as usize * self.words + b as usize / 64] |= 1 << (b % 64);
    }

    fn row(&self, v: u32) -> &[u64] {
        &self.bits[v as usize * self.words..(v as usize + 1) * self.words]
    }

    fn members(&self, v: u32) -> Vec<u32> {
        let mut members = Vec::new();
        for (at, &word) in self.row(v).iter().enumerate() {
            let mut word = word;
            while word != 0 {
                members.push(at as u32 * 64 + word.trailing_zeros());
                word &= word - 1;
            }
        }
        members
    }

    fn degree(&self, v: u32) -> usize {
        self.row(v).iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Links that are missing among the neighbours of a vertex, counted twice.
    fn missing(&self, v: u32) -> usize {
        let row = self.row(v);
        let members = self.members(v);
        let absent = |m: &u32| -> usize {
            self.row(*m).iter().zip(row).map(|(theirs, ours)| (ours & !theirs).count_ones() as usize).sum()
        };
        // Each is missing from itself.
        members.iter().map(absent).sum::<usize>() - members.len()
    }

    /// Takes a vertex out and makes its neighbours neighbours of each other; who they were.
    fn eliminate(&mut self, v: u32) -> Vec<u32> {
        let members = self.members(v);
        let row = self.row(v).to_vec();
        for &m in &members {
            let start = m as usize * self.words;
            for (word, ours) in self.bits[start..start + self.words].iter_mut().zip(&row) {
                *word |= ours;
            }
            self.bits[start + m as usize / 64] &= !(1 << (m % 64));
            self.bits[start + v as usize / 64] &= !(1 << (v % 64));
        }
        let start = v as usize * self.words;
        self.bits[start..start + self.words].fill(0);
        members
    }
}

/// The cheapest order found with tables of no more than `most` entries together.
pub(super) fn find_order(part: &Part, most: u64) -> Option<Order> {
    let n = part.nodes();
    if n > LARGEST {
        return None;
    }
    let root = (0..n as u32).max_by_key(|&v| (part.links[v as usize].len(), std::cmp::Reverse(v)))?;
    let start = Neighbours::of(part, root);
    let mut best: Option<Order> = None;
    let mut consider = |vertices: Option<(Vec<u32>, u64)>| {
        if let Some((vertices, entries)) = vertices
            && best.as_ref().is_none_or(|best| entries < best.entries)
        {
            best = Some(Order { vertices, entries });
        }
    };
    consider(greedy(&start, root, most, |graph, v| graph.missing(v)));
    consider(greedy(&start, root, most, |graph, v| graph.degree(v)));
    let stride = n.div_ceil(SWEEPS).max(1);
    for from in (0..n as u32).step_by(stride) {
        consider(run_through(&start, &sweep(part, from), root, most));
    }
    best
}

fn greedy(
    start: &Neighbours,
    root: u32,
    most: u64,
    rank: impl Fn(&Neighbours, u32) -> usize,
) -> Option<(Vec<u32>, u64)> {
    let n = start.bits.len() / start.words;
    let mut graph = start.clone();
    let mut left: Vec<(usize, u32)> =
        (0..n as u32).filter(|&v| v != root).map(|v| (rank(&graph, v), v)).collect();
    let (mut order, mut entries) = (Vec::new(), 0);
    while let Some(at) = (0..left.len()).min_by_key(|&at| left[at]) {
        let (_, v) = left.swap_remove(at);
        let members = graph.eliminate(v);
        entries += table(&members, most)?;
        if entries > most {
            return None;
        }
        // Ranks change at the neighbours and at theirs.
        let mut touched = vec![0u64; graph.words];
        for &m in &members {
            touched[m as usize / 64] |= 1 << (m % 64);
            touched.iter_mut().zip(graph.row(m)).for_each(|(word, row)| *word |= row);
        }
        for (value, u) in &mut left {
            if touched[*u as usize / 64] >> (*u % 64) & 1 == 1 {
                *value = rank(&graph, *u);
            }
        }
        order.push(v);
    }
    Some((order, entries))
}

fn table(members: &[u32], most: u64) -> Option<u64> {
    (members.len() <= WIDEST).then(|| 1u64 << members.len()).filter(|entries| *entries <= most)
}

/// Vertices by their distance from one of them.
fn sweep(part: &Part, from: u32) -> Vec<u32> {
    let mut seen = vec![false; part.nodes()];
    let mut order = vec![from];
    seen[from as usize] = true;
    let mut at = 0;
    while at < order.len() {
        for &(next, _) in &part.links[order[at] as usize] {
            if !std::mem::replace(&mut seen[next as usize], true) {
                order.push(next);
            }
        }
        at += 1;
    }
    order
}

fn run_through(start: &Neighbours, order: &[u32], root: u32, most: u64) -> Option<(Vec<u32>, u64)> {
    let mut graph = start.clone();
    let mut entries = 0;
    let order: Vec<u32> = order.iter().copied().filter(|&v| v != root).collect();
    for &v in &order {
        entries += table(&graph.eliminate(v), most)?;
        if entries > most {
            return None;
        }
    }
    Some((order, entries))
}

/// A table over the sides of some vertices, bit `i` of the index being that of `scope[i]`.
struct Table {
    scope: Vec<u32>,
    costs: Vec<i32>,
}

/// What was best for a vertex, by the sides of its neighbours at the time.
struct Choice {
    vertex: u32,
    scope: Vec<u32>,
    best: Vec<u64>,
}

/// The best partition. None where weights are too large for the tables.
pub(super) fn solve(part: &Part, order: &Order) -> Option<Vec<bool>> {
    if part.weight() > i64::from(i32::MAX) / 4 {
        return None;
    }
    let n = part.nodes();
    let mut place = vec![n; n];
    for (at, &v) in order.vertices.iter().enumerate() {
        place[v as usize] = at;
    }
    let mut tables: Vec<Vec<Table>> = (0..n).map(|_| Vec::new()).collect();
    let mut choices = Vec::with_capacity(n);
    for (at, &vertex) in order.vertices.iter().enumerate() {
        let (table, choice) = eliminate(part, vertex, at, &place, std::mem::take(&mut tables[at]));
        choices.push(choice);
        if let Some(first) = table.scope.iter().map(|&v| place[v as usize]).min() {
            tables[first].push(table);
        }
    }
    let mut sides = vec![true; n];
    for choice in choices.iter().rev() {
        let index = choice.scope.iter().enumerate().map(|(bit, &v)| usize::from(sides[v as usize]) << bit);
        let index: usize = index.sum();
        sides[choice.vertex as usize] = choice.best[index / 64] >> (index % 64) & 1 == 1;
    }
    Some(sides)
}

/// How an index moves when a binary counter goes from a number with `i` trailing ones to the next.
fn moves(strides: &[i64]) -> Vec<i64> {
    let mut below = 0;
    strides
        .iter()
        .map(|&stride| {
            let step = stride - below;
            below += stride;
            step
        })
        .collect()
}

fn eliminate(part: &Part, vertex: u32, at: usize, place: &[usize], tables: Vec<Table>) -> (Table, Choice) {
    // Links to those that went before are in tables already; the one that keeps its side is `true`.
    let n = place.len();
    let later: Vec<(u32, i64)> =
        part.links[vertex as usize].iter().copied().filter(|(v, _)| place[*v as usize] > at).collect();
    let mut scope: Vec<u32> = later.iter().map(|(v, _)| *v).filter(|v| place[*v as usize] < n).collect();
    scope.extend(tables.iter().flat_map(|table| table.scope.iter().copied()).filter(|v| *v != vertex));
    scope.sort_unstable();
    scope.dedup();
    let bit = |v: u32| scope.binary_search(&v).ok();
    // The pull of the neighbours towards `true`; a cost is half of all weight less the pull, doubled to stay whole.
    let mut pull: i64 = 0;
    let mut turns = vec![0i64; scope.len()];
    for &(v, w) in &later {
        match bit(v) {
            Some(bit) => {
                pull -= w;
                turns[bit] += 2 * w;
            }
            None => pull += w,
        }
    }
    let weight: i64 = later.iter().map(|(_, w)| w.abs()).sum();
    let pulls = moves(&turns);
    let size = 1usize << scope.len();
    let mut costs = vec![0i32; size];
    let mut best = vec![0u64; size.div_ceil(64)];
    struct Cursor<'t> {
        costs: &'t [i32],
        at: i64,
        steps: Vec<i64>,
        own: usize,
    }
    let mut cursors: Vec<Cursor> = tables
        .iter()
        .map(|table| {
            let mut strides = vec![0i64; scope.len()];
            let mut own = 0;
            for (position, &v) in table.scope.iter().enumerate() {
                match bit(v) {
                    Some(bit) => strides[bit] = 1 << position,
                    None => own = 1usize << position,
                }
            }
            Cursor { costs: &table.costs, at: 0, steps: moves(&strides), own }
        })
        .collect();
    for index in 0..size {
        let (mut off, mut on) = ((weight + pull) / 2, (weight - pull) / 2);
        for cursor in &cursors {
            off += i64::from(cursor.costs[cursor.at as usize]);
            on += i64::from(cursor.costs[cursor.at as usize + cursor.own]);
        }
        costs[index] = off.min(on) as i32;
        best[index / 64] |= u64::from(on < off) << (index % 64);
        let carry = (index as u64).trailing_ones() as usize;
        if carry < scope.len() {
            pull += pulls[carry];
            for cursor in &mut cursors {
                cursor.at += cursor.steps[carry];
            }
        }
    }
    (Table { scope: scope.clone(), costs }, Choice { vertex, scope, best })
}
