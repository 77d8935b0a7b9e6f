namespace MnistGan;

/// <summary>Something that the user can mend; its message is all that they see.</summary>
internal sealed class UserErrorException(string message, Exception? cause = null) : Exception(message, cause);
