using System.Security.Cryptography;
using System.Text;

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

    /// <summary>What seals and opens secrets of endpoints.</summary>
    public static IResourceBuilder<ProjectResource> WithSealing(this IResourceBuilder<ProjectResource> project, IResourceBuilder<ParameterResource> key) =>
        project.WithEnvironment("Sealing__Keys__0__Id", "local").WithEnvironment("Sealing__Keys__0__Key", key);

    /// <summary>Receivers of this machine are special addresses: closed unless opened here.</summary>
    public static IResourceBuilder<ProjectResource> WithReceiversOfThisMachine(this IResourceBuilder<ProjectResource> project) =>
        project.WithEnvironment("Egress__AllowedCidrs__0", "127.0.0.0/8").WithEnvironment("Egress__AllowedCidrs__1", "::1/128");

    public static IResourceBuilder<ProjectResource> WithApiKey(
        this IResourceBuilder<ProjectResource> project,
        int index,
        string owner,
        string role,
        IResourceBuilder<ParameterResource> key) =>
        project.WithEnvironment(async context =>
        {
            var value = await key.Resource.GetValueAsync(context.CancellationToken);
            var section = $"ApiKeys__Keys__{index}__";
            context.EnvironmentVariables[section + "Name"] = key.Resource.Name;
            context.EnvironmentVariables[section + "Owner"] = owner;
            context.EnvironmentVariables[section + "Role"] = role;
            context.EnvironmentVariables[section + "Sha256"] = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(value!)));
        });
}
