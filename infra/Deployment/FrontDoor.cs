namespace Waybill.Infra.Deployment;

/// <summary>
/// How clients reach the two public APIs: one load balancer, a listener for each, as locally each has a port of its own. Routing by path would
/// have to know which of both answers what, and methods differ on the same path.
/// </summary>
/// <param name="Certificate">ARN of an ACM certificate for <paramref name="Host"/>; null: plain HTTP.</param>
/// <param name="Host">The name in the certificate, which leads to the load balancer; null: the load balancer's own.</param>
internal sealed record FrontDoor(string? Certificate, string? Host)
{
    public bool IsHttps => Certificate is not null;

    public string Scheme => IsHttps ? "https" : "http";

    public int IntakePort => IsHttps ? 443 : 80;

    public int StatusPort => IsHttps ? 8443 : 8080;

    /// <summary>Plain HTTP sends API keys in the clear, so it has to be asked for by name.</summary>
    /// <exception cref="SettingException">Neither a certificate with its host, nor leave to go without.</exception>
    public static FrontDoor Read(Context context)
    {
        var door = new FrontDoor(context.Text("certificateArn"), context.Text("publicHost"));
        var isHttpAllowed = context.Flag("allowHttp");

        if (door.IsHttps && isHttpAllowed)
        {
            throw new SettingException("Give certificateArn or allowHttp=true, not both.");
        }

        if (door.IsHttps && door.Host is null)
        {
            throw new SettingException("With certificateArn, give publicHost too: the name in the certificate, of which every statusUrl is made.");
        }

        // Before there are services, nothing listens, and nothing needs to be decided.
        return door.IsHttps || isHttpAllowed || Images.Read(context) is null
            ? door
            : throw new SettingException(
                "Give certificateArn (of ACM, in the deployment's region) and publicHost for HTTPS; or allowHttp=true, with which API keys cross the internet unencrypted.");
    }
}
