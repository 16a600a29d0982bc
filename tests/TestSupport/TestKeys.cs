using System.Security.Cryptography;
using System.Text;
using Waybill.Notifications.Sealing;

namespace Waybill.TestSupport;

/// <summary>API keys and the sealing key that tests configure services with.</summary>
public static class TestKeys
{
    public const string Internal = "test-internal-key";
    public const string Alice = "test-key-of-alice";
    public const string Bob = "test-key-of-bob";
    public const string Operator = "test-operator-key";

    /// <summary>What endpoints' secrets are sealed with; the same in each service, and for tests that open them themselves.</summary>
    public static SealingKey Sealing { get; } = new("test", SHA256.HashData("test-sealing-key"u8));

    /// <summary>The configuration with which a service seals and opens secrets of endpoints.</summary>
    public static IReadOnlyDictionary<string, string> SealingConfiguration { get; } = new Dictionary<string, string>
    {
        ["Sealing__Keys__0__Id"] = Sealing.Id,
        ["Sealing__Keys__0__Key"] = Convert.ToBase64String(Sealing.Key),
    };

    /// <summary>The configuration that makes a service accept all of them, and seal.</summary>
    public static IReadOnlyDictionary<string, string> Configuration { get; } = ConfigurationFrom(0).Concat(SealingConfiguration).ToDictionary(setting => setting.Key, setting => setting.Value);

    /// <summary>The same for a service that has keys already.</summary>
    /// <param name="first">How many it has.</param>
    public static IReadOnlyDictionary<string, string> ConfigurationFrom(int first) => new[]
    {
        ("internal", "waybill", "internal", Internal),
        ("alice", "alice", "client", Alice),
        ("bob", "bob", "client", Bob),
        ("operator", "operations", "operator", Operator),
    }
    .SelectMany((key, index) => Settings(key, first + index))
    .ToDictionary(setting => setting.Key, setting => setting.Value);

    private static IEnumerable<KeyValuePair<string, string>> Settings((string Name, string Owner, string Role, string Key) key, int index)
    {
        var section = $"ApiKeys__Keys__{index}__";
        yield return new(section + "Name", key.Name);
        yield return new(section + "Owner", key.Owner);
        yield return new(section + "Role", key.Role);
        yield return new(section + "Sha256", Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key.Key))));
    }
}
