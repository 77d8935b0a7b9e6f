namespace AdversarialKit;

/// <summary>Observers follow systems; a GAN is one.</summary>
internal static class SystemOfGan
{
    public static AdversarialSystem SystemOf(Gan gan)
    {
        ArgumentNullException.ThrowIfNull(gan);
        return gan.System;
    }
}
