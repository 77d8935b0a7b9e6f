namespace AdversarialKit.Docs.Tests;

/// <summary>
/// The names that snippets of the documentation use without declaring them. They are members of the class that holds a
/// snippet's statements, so a snippet may declare any of them itself.
/// </summary>
internal static class SnippetNames
{
    public const string Source = """
        internal partial class Program
        {
            private static nn.Module<Tensor, Tensor> generator => null!;
            private static nn.Module<Tensor, Tensor> discriminator => null!;
            private static nn.Module<Tensor, Tensor, Tensor> conditionalGenerator => null!;
            private static nn.Module<Tensor, Tensor, Tensor> conditionalDiscriminator => null!;
            private static nn.Module<Tensor, (Tensor, Tensor)> twoHeadedDiscriminator => null!;
            private static nn.Module<Tensor, Tensor> body => null!;
            private static nn.Module<Tensor, Tensor> classifier => null!;
            private static GanBuilder builder => null!;
            private static Gan gan => null!;
            private static GanSampler sampler => null!;
            private static Tensor real => null!;
            private static Tensor fakes => null!;
            private static Tensor images => null!;
            private static Tensor labels => null!;
            private static TensorBatches batches => null!;
            private static IEnumerable<Tensor> realBatches => null!;
            private static IEnumerable<Tensor> fakeBatches => null!;
            private static IEnumerable<Batch> labelledBatches => null!;
            private static FitOptions options => null!;
            private static ITrainingCallback sheets => null!;
            private static Table learned => null!;
            private static Table heldOut => null!;
            private static Table rows => null!;
            private static TableSynthesizer synthesizer => null!;
            private static CancellationToken cancellationToken => default;
            private static void Show(TrainingProgress progress) { }
            private static Microsoft.Extensions.Logging.ILoggerFactory loggerFactory => null!;
        }
        """;
}
