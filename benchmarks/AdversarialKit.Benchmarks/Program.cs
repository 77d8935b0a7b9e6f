return AdversarialKit.Benchmarks.BenchmarkCommands.Create().Parse(args).Invoke();
