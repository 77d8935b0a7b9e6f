namespace AdversarialKit;

/// <summary>
/// Keeps resized pictures up to a limit. What is in stays in: an epoch comes to every picture once, and a cache that gave up the
/// oldest for the newest would have given up each just before it is needed.
/// </summary>
/// <param name="count">How many pictures there are.</param>
/// <param name="bytesOfOne">What one of them takes.</param>
/// <param name="limit">What all of them may take.</param>
internal sealed class ImageCache(int count, int bytesOfOne, long limit)
{
    // An array's header and its place here.
    private const int Overhead = 40;

    private readonly byte[]?[] _images = new byte[]?[count];
    private long _free = Math.Min(count, limit / (bytesOfOne + Overhead));

    public byte[]? Find(int index) => Volatile.Read(ref _images[index]);

    public void Keep(int index, byte[] image)
    {
        if (Interlocked.Decrement(ref _free) < 0 || Interlocked.CompareExchange(ref _images[index], image, null) is not null)
        {
            Interlocked.Increment(ref _free);
        }
    }
}
