return Translation.CommandLine.Run(args);
