using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Waybill.Hosting.Aspire;

/// <summary>What the services of Waybill read from their environment, whether they are projects, programs or containers.</summary>
internal static class WaybillEnvironment
{
    /// <summary>An API key, given as a deployment gives it: as its hash.</summary>
    /// <param name="index">From 0; each key of a service has its own.</param>
    public static IResourceBuilder<T> WithApiKey<T>(this IResourceBuilder<T> service, int index, string owner, string role, IResourceBuilder<ParameterResource> key)
        where T : IResourceWithEnvironment =>
        service.WithEnvironment(async context =>
        {
            var value = await key.Resource.GetValueAsync(context.CancellationToken);
            var section = $"ApiKeys__Keys__{index}__";
            context.EnvironmentVariables[section + "Name"] = key.Resource.Name;
            context.EnvironmentVariables[section + "Owner"] = owner;
            context.EnvironmentVariables[section + "Role"] = role;
            context.EnvironmentVariables[section + "Sha256"] = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(value!)));
        });

    /// <summary>What seals and opens secrets of endpoints.</summary>
    public static IResourceBuilder<T> WithSealing<T>(this IResourceBuilder<T> service, IResourceBuilder<ParameterResource> key)
        where T : IResourceWithEnvironment =>
        service.WithEnvironment("Sealing__Keys__0__Id", "local").WithEnvironment("Sealing__Keys__0__Key", key);

    /// <summary>The internal API and its key.</summary>
    public static IResourceBuilder<T> WithStatusService<T>(this IResourceBuilder<T> service, EndpointReference internalApi, IResourceBuilder<ParameterResource> internalKey)
        where T : IResourceWithEnvironment =>
        service.WithEnvironment("StatusService__InternalUrl", internalApi).WithEnvironment("StatusService__InternalKey", internalKey);

    /// <summary>Networks that are special addresses: closed unless opened here.</summary>
    public static IResourceBuilder<T> WithAllowedNetworks<T>(this IResourceBuilder<T> service, IEnumerable<string> cidrs)
        where T : IResourceWithEnvironment =>
        cidrs.Index().Aggregate(service, (all, cidr) => all.WithEnvironment(string.Create(CultureInfo.InvariantCulture, $"Egress__AllowedCidrs__{cidr.Index}"), cidr.Item));

    /// <summary>Emulators take any region and credentials; the AWS SDK has to have some.</summary>
    public static IResourceBuilder<T> WithEmulatedAws<T>(this IResourceBuilder<T> service, EndpointReference? dynamoDb, EndpointReference? sqs)
        where T : IResourceWithEnvironment
    {
        if (dynamoDb is not null)
        {
            service.WithEnvironment("AWS_ENDPOINT_URL_DYNAMODB", dynamoDb);
        }

        if (sqs is not null)
        {
            service.WithEnvironment("AWS_ENDPOINT_URL_SQS", sqs);
        }

        return service
            .WithEnvironment("AWS_REGION", "us-east-1")
            .WithEnvironment("AWS_ACCESS_KEY_ID", "local")
            .WithEnvironment("AWS_SECRET_ACCESS_KEY", "local");
    }
}
