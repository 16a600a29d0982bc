using Waybill.Notifications.Signing;

namespace Waybill.Receiver.Verification;

/// <summary>What signatures are checked with: the settings <c>Signing:Secrets:0</c>, <c>:1</c> and so on; there may be none.</summary>
public sealed record SigningKeys(IReadOnlyList<byte[]> Keys)
{
    private const string Section = "Signing:Secrets";

    /// <exception cref="InvalidOperationException">A setting is not a secret; the message names it and does not show it.</exception>
    public static SigningKeys Read(IConfiguration configuration) =>
        new([.. configuration.GetSection(Section).GetChildren().Select(Key)]);

    private static byte[] Key(IConfigurationSection setting) =>
        SigningSecret.Parse(setting.Value ?? "")
        ?? throw new InvalidOperationException($"{setting.Path} must be '{SigningSecret.Prefix}' and the base 64 of the key.");
}
