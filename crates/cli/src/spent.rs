//! What a run took of the machine, as the kernel counts it: said of itself, so that a figure of a page can be made again
//! with one command. Only Linux tells; elsewhere nothing is said.

/// Ticks of the kernel's clock for programs in a second, on every processor that Linux runs on.
const TICKS: f64 = 100.0;

/// Seconds that all threads so far had a processor, of the program and of the kernel for it.
pub fn processor_seconds() -> Option<f64> {
    seconds(&std::fs::read_to_string("/proc/self/stat").ok()?)
}

/// The most memory that was held at a time, in bytes.
pub fn peak_memory() -> Option<u64> {
    high_water(&std::fs::read_to_string("/proc/self/status").ok()?)
}

/// Fields 14 and 15; the second field is the program's name in brackets and may hold anything.
fn seconds(stat: &str) -> Option<f64> {
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<u64>().ok();
    Some((ticks()? + ticks()?) as f64 / TICKS)
}

fn high_water(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernels_files_are_read() {
        let stat = "7 (a ) b) R 1 1 1 0 -1 4194560 90 0 0 0 250 50 0 0 20 0 2 0 55 0 0";
        assert_eq!(seconds(stat), Some(3.0));
        assert_eq!(high_water("Name:\tx\nVmHWM:\t    2000 kB\n"), Some(2_048_000));
        assert_eq!((seconds(""), high_water("VmHWM: much")), (None, None));
    }
}
