namespace Waybill.Infra.Deployment;

/// <summary>A setting of the deployment is missing or wrong; the message says what to give.</summary>
internal sealed class SettingException(string message) : Exception(message);
