using TorchSharp;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace AdversarialKit.Tests;

/// <summary>
/// Every class of tests begins with the same state of torch's generator and has its tests in the order of the source. Classes come in
/// another order in every run, and what a test leaves to chance, such as a layer's first weights, would differ with it.
/// </summary>
/// <remarks>xunit asks for the order as a class begins, the one place that it offers.</remarks>
public sealed class SeededClasses : ITestCaseOrderer
{
    /// <inheritdoc/>
    public IEnumerable<TTestCase> OrderTestCases<TTestCase>(IEnumerable<TTestCase> testCases)
        where TTestCase : ITestCase
    {
        torch.random.manual_seed(1);
        return testCases;
    }
}
