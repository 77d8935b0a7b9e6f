// Seeds and the number of threads are settings of the process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
