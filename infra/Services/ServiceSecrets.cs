using Waybill.Infra.Data;
using Waybill.Infra.Deployment;

namespace Waybill.Infra.Services;

/// <summary>
/// Which setting comes from which field of which secret. .NET reads lists as numbered variables, so a deployment says how many there are.
/// </summary>
internal sealed class ServiceSecrets(Settings settings, Secrets secrets)
{
    /// <summary>The fields of an API key; <c>ExpiresAt</c> may be empty.</summary>
    private static readonly string[] KeyFields = ["Name", "Owner", "Role", "Sha256", "ExpiresAt"];

    /// <summary>The id of a sealing key is no secret, and stands beside its key so that the two are changed as one.</summary>
    private static readonly string[] SealingFields = ["Id", "Key"];

    /// <summary>Hashes of the internal key that StatusService takes: the one in use, and the one before it while the key is changed.</summary>
    private static readonly string[] InternalHashes = ["Sha256", "PreviousSha256"];

    public IReadOnlyDictionary<string, SecretField> OfIntake => Collect([.. ApiKeys, InternalKey]);

    public IReadOnlyDictionary<string, SecretField> OfStatus => Collect([.. ApiKeys, .. InternalHashes.Select(InternalHash), SessionSecret, .. Sealing]);

    public IReadOnlyDictionary<string, SecretField> OfWorker => Collect([InternalKey, .. Signing, .. Sealing]);

    /// <summary>What stands beside the hashes of the internal key and is no secret.</summary>
    public IReadOnlyDictionary<string, string> InternalKeyNames => new Dictionary<string, string>(InternalHashes.SelectMany(NamesOf));

    private (string Name, SecretField Field) InternalKey => ("StatusService__InternalKey", new SecretField(secrets.InternalKey, "Key"));

    /// <summary>One for all replicas, so that a session of the operator page is good at each.</summary>
    private (string Name, SecretField Field) SessionSecret => ("Page__SessionSecret", new SecretField(secrets.InternalKey, "SessionSecret"));

    private IEnumerable<(string Name, SecretField Field)> ApiKeys =>
        from number in Enumerable.Range(0, settings.ApiKeys)
        from name in KeyFields
        select ($"ApiKeys__Keys__{number}__{name}", new SecretField(secrets.ApiKeys, $"{number}_{name}"));

    private IEnumerable<(string Name, SecretField Field)> Signing =>
        from owner in settings.SigningOwners
        from number in Enumerable.Range(0, owner.Value)
        select ($"Signing__Owners__{owner.Key}__Secrets__{number}", new SecretField(secrets.Signing, $"{owner.Key}_{number}"));

    /// <summary>StatusService seals, the worker opens, and nobody else has them.</summary>
    private IEnumerable<(string Name, SecretField Field)> Sealing =>
        from number in Enumerable.Range(0, settings.SealingKeys)
        from name in SealingFields
        select ($"Sealing__Keys__{number}__{name}", new SecretField(secrets.Sealing, $"{number}_{name}"));

    private (string Name, SecretField Field) InternalHash(string hash, int index) =>
        (InternalSetting(index, "Sha256"), new SecretField(secrets.InternalKey, hash));

    private IEnumerable<KeyValuePair<string, string>> NamesOf(string hash, int index) =>
    [
        new(InternalSetting(index, "Name"), $"internal-{hash}"),
        new(InternalSetting(index, "Owner"), "waybill"),
        new(InternalSetting(index, "Role"), "internal"),
    ];

    /// <summary>The internal keys come after those of clients.</summary>
    private string InternalSetting(int index, string property) => $"ApiKeys__Keys__{settings.ApiKeys + index}__{property}";

    private static Dictionary<string, SecretField> Collect(IEnumerable<(string Name, SecretField Field)> settings) =>
        settings.ToDictionary(setting => setting.Name, setting => setting.Field);
}
