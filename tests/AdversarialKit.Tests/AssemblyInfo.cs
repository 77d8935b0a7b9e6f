// torch's seed and the dispose-scope statistics are shared by the process: tests must not run side by side.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
