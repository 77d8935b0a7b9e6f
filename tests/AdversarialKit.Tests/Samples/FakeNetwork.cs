using System.Net;

namespace AdversarialKit.Tests;

/// <summary>Answers requests from a function and remembers them; refuses everything until told otherwise.</summary>
internal sealed class FakeNetwork : HttpMessageHandler
{
    public List<string> Asked { get; } = [];

    public Func<Uri, byte[]?> Answer { get; set; } = _ => throw new HttpRequestException("no route");

    public bool Silent { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Asked.Add(request.RequestUri!.ToString());
        if (Silent)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        return Answer(request.RequestUri) is { } content
            ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(content) }
            : new HttpResponseMessage(HttpStatusCode.NotFound);
    }
}
