using System.Security.Cryptography;

namespace Waybill.AppHost.Local;

/// <summary>Keys and secrets for one machine. Services get API keys the way a deployment gives them: as hashes, never as they are.</summary>
internal static class LocalKeys
{
    /// <summary>
    /// The same on every machine, so that a receiver tried out locally can be given it once; what is base 64 says so.
    /// The setting <c>Parameters:signingsecret</c> goes before it.
    /// </summary>
    public const string SigningSecret = "whsec_d2F5YmlsbC1sb2NhbC1zaWduaW5nLXNlY3JldA==";

    /// <summary>
    /// The same on every machine and at each start, so that secrets of endpoints can be read after a restart; what is base 64 says so.
    /// The setting <c>Parameters:sealingkey</c> goes before it.
    /// </summary>
    public const string SealingKey = "d2F5YmlsbC1sb2NhbC1zZWFsaW5nLWtleS0zMmJ5dGU=";

    public static string NewKey() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
