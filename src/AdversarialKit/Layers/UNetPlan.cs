namespace AdversarialKit;

/// <summary>How a U-Net is put together, from the inside out.</summary>
internal sealed record UNetPlan(int Levels, long Filters, double Dropout, Func<long, nn.Module<Tensor, Tensor>> Norm)
{
    // As pix2pix has it: the first three layers of the way up.
    private const int LevelsWithDropout = 3;

    public nn.Module<Tensor, Tensor> Build(long channels, long outChannels) => nn.Sequential(
        nn.Conv2d(channels, Width(0), 4, stride: 2, padding: 1),
        GanLayer.Concatenated(Level(1)),
        nn.ReLU(),
        nn.ConvTranspose2d(2 * Width(0), outChannels, 4, stride: 2, padding: 1),
        nn.Tanh());

    // Down, whatever lies deeper, and up again to where it came from.
    private TorchSharp.Modules.Sequential Level(int level)
    {
        var innermost = level == Levels - 1;
        var network = nn.Sequential(nn.LeakyReLU(0.2), Down(level, bias: innermost));
        if (!innermost)
        {
            network.append(Norm(Width(level)));
            network.append(GanLayer.Concatenated(Level(level + 1)));
        }

        network.append(nn.ReLU());
        network.append(nn.ConvTranspose2d(innermost ? Width(level) : 2 * Width(level), Width(level - 1), 4, stride: 2, padding: 1, bias: false));
        network.append(Norm(Width(level - 1)));
        if (Dropout > 0 && level >= Levels - LevelsWithDropout)
        {
            network.append(nn.Dropout(Dropout));
        }

        return network;
    }

    // The innermost features may be one pixel, which no normalization over pixels can take.
    private TorchSharp.Modules.Conv2d Down(int level, bool bias) => nn.Conv2d(Width(level - 1), Width(level), 4, stride: 2, padding: 1, bias: bias);

    private long Width(int level) => Filters << Math.Min(level, 3);
}
