namespace MaritimeWatch.Functions.Outlet;

/// <summary>The key of a store that signs its tokens.</summary>
public static class TokenKey
{
    /// <summary>Bytes of the key.</summary>
    public const int Bytes = 32;
}
