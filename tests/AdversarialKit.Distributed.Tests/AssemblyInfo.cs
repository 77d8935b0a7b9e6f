// Ranks are threads or processes of their own already: tests side by side would wait for each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
