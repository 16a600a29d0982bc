using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;
using Amazon.Util;

namespace Amazon.SQS.Internal;

internal sealed class SqsEndpointParameters : EndpointParameters
{
    public string Region
    {
        get => (string)this["Region"];
        set => this["Region"] = value;
    }

    public bool UseDualStack
    {
        get => (bool?)this["UseDualStack"] ?? false;
        set => this["UseDualStack"] = value;
    }

    public bool UseFips
    {
        get => (bool?)this["UseFIPS"] ?? false;
        set => this["UseFIPS"] = value;
    }

    public string Endpoint
    {
        get => (string)this["Endpoint"];
        set => this["Endpoint"] = value;
    }
}

internal sealed class SqsEndpointProvider : IEndpointProvider
{
    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        var sqs = (SqsEndpointParameters)parameters;

        if (!string.IsNullOrEmpty(sqs.Endpoint))
        {
            return new Endpoint(sqs.Endpoint);
        }

        if (string.IsNullOrEmpty(sqs.Region))
        {
            throw new AmazonClientException("Invalid Configuration: Missing Region");
        }

        var partition = Fn.Partition(sqs.Region);
        var service = sqs.UseFips ? "sqs-fips" : "sqs";
        var suffix = sqs.UseDualStack ? partition.dualStackDnsSuffix : partition.dnsSuffix;

        return new Endpoint($"https://{service}.{sqs.Region}.{suffix}");
    }
}

/// <summary>
/// Takes the endpoint from the client's configuration alone. A queue URL only names the queue in the request's body, so an emulator
/// whose queue URLs carry a host name that does not resolve works all the same.
/// </summary>
internal sealed class SqsEndpointResolver : BaseEndpointResolver
{
    protected override void ServiceSpecificHandler(IExecutionContext executionContext, EndpointParameters parameters)
        => InjectHostPrefix(executionContext.RequestContext);

    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext)
    {
        var config = requestContext.ClientConfig;

        return new SqsEndpointParameters
        {
            Region = requestContext.Request.AlternateEndpoint?.SystemName ?? config.RegionEndpoint?.SystemName ?? RegionOf(config),
            UseDualStack = config.UseDualstackEndpoint,
            UseFips = config.UseFIPSEndpoint,
            Endpoint = config.ServiceURL,
        };
    }

    private static string RegionOf(IClientConfig config)
    {
        if (string.IsNullOrEmpty(config.ServiceURL))
        {
            return null;
        }

        return string.IsNullOrEmpty(config.AuthenticationRegion)
            ? RegionEndpoint.GetBySystemName(AWSSDKUtils.DetermineRegion(config.ServiceURL)).SystemName
            : config.AuthenticationRegion;
    }
}
