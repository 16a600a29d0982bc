using System.ComponentModel.DataAnnotations;

namespace Waybill.ServiceDefaults.Authentication;

/// <summary>Who may call. The keys are read anew when the configuration changes, the rest at the start.</summary>
public sealed class ApiKeyOptions
{
    public const string SectionName = "ApiKeys";

    public List<ApiKey> Keys { get; } = [];

    /// <summary>Keys that one address may try in vain, and gets back in a minute; then it gets 429.</summary>
    [Range(1, 1_000_000)]
    public int FailuresPerMinute { get; set; } = 60;
}

/// <summary>One key; several may belong to one owner, so that a key can be changed without a gap.</summary>
public sealed class ApiKey
{
    /// <summary>For people and logs.</summary>
    [Required]
    public string Name { get; set; } = "";

    /// <summary>Whose notifications it opens; 1–64 characters.</summary>
    [Required]
    [StringLength(64, MinimumLength = 1)]
    public string Owner { get; set; } = "";

    /// <summary><see cref="ApiKeyRoles"/>.</summary>
    [Required]
    [AllowedValues(ApiKeyRoles.Client, ApiKeyRoles.Operator, ApiKeyRoles.Internal)]
    public string Role { get; set; } = ApiKeyRoles.Client;

    /// <summary>SHA-256 of the key's UTF-8 bytes, 64 hexadecimal digits.</summary>
    [Required]
    [RegularExpression("^[0-9a-fA-F]{64}$", ErrorMessage = "Sha256 must be the key's SHA-256 as 64 hexadecimal digits.")]
    public string Sha256 { get; set; } = "";

    /// <summary>From then on it is refused; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }
}
