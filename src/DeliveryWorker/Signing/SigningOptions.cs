namespace Waybill.DeliveryWorker.Signing;

/// <summary>The secrets that deliveries are signed with. Read anew when the configuration changes.</summary>
public sealed class SigningOptions
{
    public const string SectionName = "Signing";

    /// <summary>By owner. An owner who is not here gets no signature.</summary>
    public Dictionary<string, OwnerSecrets> Owners { get; } = new(StringComparer.Ordinal);
}

public sealed class OwnerSecrets
{
    /// <summary>
    /// All that are active, 1–5, each <c>whsec_</c> and the base 64 of 24–64 random bytes. Every delivery is signed with each of
    /// them, so that a receiver can change from one to the next without a gap.
    /// </summary>
    public List<string> Secrets { get; } = [];
}
