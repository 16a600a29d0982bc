using Amazon.CDK;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.SecretsManager;
using Constructs;

namespace Waybill.Infra.Data;

/// <summary>
/// The secrets, empty: values never go through a template. docs/deploy.md says which JSON fields each has, and until they are there no task starts.
/// </summary>
internal sealed class Secrets(Construct scope, IKey key)
{
    /// <summary>API keys of clients and operators: fields <c>0_Name</c>, <c>0_Owner</c>, <c>0_Role</c>, <c>0_Sha256</c>, <c>0_ExpiresAt</c> and so on.</summary>
    public ISecret ApiKeys { get; } = Create(scope, key, "ApiKeys", "waybill/api-keys", "API keys of clients and operators, as hashes");

    /// <summary>The key of the internal API: fields <c>Key</c>, <c>Sha256</c> and <c>PreviousSha256</c>, the same twice unless it is just being changed; and <c>SessionSecret</c> of the operator page.</summary>
    public ISecret InternalKey { get; } = Create(scope, key, "InternalKey", "waybill/internal-key", "Key of the internal API and its hash");

    /// <summary>What deliveries are signed with: a field <c>owner_0</c>, <c>owner_1</c> and so on for each owner.</summary>
    public ISecret Signing { get; } = Create(scope, key, "Signing", "waybill/signing", "Signing secrets of owners");

    /// <summary>What secrets of endpoints are sealed with in the table: fields <c>0_Id</c> and <c>0_Key</c> and so on, the one that seals first.</summary>
    public ISecret Sealing { get; } = Create(scope, key, "Sealing", "waybill/sealing", "Keys that secrets of endpoints are sealed with");

    private static ISecret Create(Construct scope, IKey key, string id, string name, string description)
    {
        var secret = new CfnSecret(scope, $"{id}Secret", new CfnSecretProps { Name = name, Description = $"Waybill: {description}", KmsKeyId = key.KeyArn });
        secret.ApplyRemovalPolicy(RemovalPolicy.RETAIN);

        return Secret.FromSecretCompleteArn(scope, id, secret.Ref);
    }
}
