using System.Security.Cryptography;
using System.Text;

namespace Waybill.TestSupport;

/// <summary>API keys that tests configure services with.</summary>
public static class TestKeys
{
    public const string Internal = "test-internal-key";
    public const string Alice = "test-key-of-alice";
    public const string Bob = "test-key-of-bob";
    public const string Operator = "test-operator-key";

    /// <summary>The configuration that makes a service accept all of them.</summary>
    public static IReadOnlyDictionary<string, string> Configuration { get; } = ConfigurationFrom(0);

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
