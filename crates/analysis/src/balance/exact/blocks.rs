//! Parts of a graph that share at most one vertex: each can be solved alone, and one of two is turned over until they
//! agree in what they share.

use super::kernel::Kernel;

/// The blocks (biconnected parts with at least one link), so ordered that each shares with those before it at most one
/// vertex. Their vertices are sorted.
pub(super) fn blocks(kernel: &Kernel) -> Vec<Vec<u32>> {
    let n = kernel.capacity();
    let mut found = Vec::new();
    let (mut depth, mut low) = (vec![0u32; n], vec![0u32; n]);
    for root in 0..n as u32 {
        if depth[root as usize] != 0 || kernel.links(root).is_empty() {
            continue;
        }
        // Parts come out before the part that they hang on; turned round, the trunk comes first.
        let first = found.len();
        let mut clock = 1;
        (depth[root as usize], low[root as usize]) = (clock, clock);
        let mut path: Vec<(u32, Vec<u32>)> = vec![(root, kernel.links(root).keys().rev().copied().collect())];
        let mut open = vec![root];
        while let Some((vertex, rest)) = path.last_mut() {
            let vertex = *vertex;
            if let Some(next) = rest.pop() {
                if depth[next as usize] == 0 {
                    clock += 1;
                    (depth[next as usize], low[next as usize]) = (clock, clock);
                    open.push(next);
                    path.push((next, kernel.links(next).keys().rev().copied().collect()));
                } else {
                    low[vertex as usize] = low[vertex as usize].min(depth[next as usize]);
                }
                continue;
            }
            path.pop();
            let Some(&(parent, _)) = path.last() else {
                break;
            };
            low[parent as usize] = low[parent as usize].min(low[vertex as usize]);
            if low[vertex as usize] >= depth[parent as usize] {
                let mut block = vec![parent];
                while let Some(member) = open.pop() {
                    block.push(member);
                    if member == vertex {
                        break;
                    }
                }
                block.sort_unstable();
                found.push(block);
            }
        }
        found[first..].reverse();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_share_one_vertex_with_those_before() {
        let mut kernel = Kernel::new(9);
        for (a, b) in [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 5), (5, 3), (7, 8)] {
            kernel.add(a, b, 1);
        }
        let found = blocks(&kernel);
        let mut sorted = found.clone();
        sorted.sort();
        assert_eq!(sorted, [vec![0, 1, 2], vec![2, 3], vec![3, 4, 5], vec![7, 8]]);
        for (at, block) in found.iter().enumerate() {
            let before: Vec<u32> = found[..at].concat();
            assert!(block.iter().filter(|v| before.contains(v)).count() <= 1, "{found:?}");
        }
    }
}
