namespace Waybill.Hosting.Sealing;

/// <summary>The keys that secrets of endpoints are sealed with in the table. Read at the start.</summary>
public sealed class SealingOptions
{
    public const string SectionName = "Sealing";

    /// <summary>
    /// At most 5. The first seals, each opens what it has sealed: so a new one is put before the old one, which stays until nothing is sealed with it any more. None: there
    /// are no endpoints.
    /// </summary>
    public List<SealingKeyOptions> Keys { get; } = [];
}

public sealed class SealingKeyOptions
{
    /// <summary>Stored with what is sealed; 1–32 letters, digits, '.', '_' and '-'. It never means another key.</summary>
    public string Id { get; set; } = "";

    /// <summary>Base64 of 32 random bytes.</summary>
    public string Key { get; set; } = "";
}
