/** People as Azure DevOps shows them inside fields, comments and histories. */

export interface AzureIdentity {
  readonly id: string;
  readonly displayName: string;
  readonly uniqueName: string;
}

export const DANA: AzureIdentity = { id: "0d291b0c-a05c-4ea6-8df1-4b41d5f39e01", displayName: "Dana Agent", uniqueName: "dana.agent@example.com" };
export const ROBIN: AzureIdentity = { id: "0d291b0c-a05c-4ea6-8df1-4b41d5f39e02", displayName: "Robin Ito", uniqueName: "robin.ito@example.com" };

export interface IdentityJson extends AzureIdentity {
  readonly url: string;
  readonly _links: { readonly avatar: { readonly href: string } };
  readonly imageUrl: string;
  readonly descriptor: string;
}

export function identityJson({ id, displayName, uniqueName }: AzureIdentity, collection: string): IdentityJson {
  const descriptor = `aad.${Buffer.from(id).toString("base64url")}`;
  return {
    displayName,
    url: `${collection}/_apis/Identities/${id}`,
    _links: { avatar: { href: `${collection}/_apis/GraphProfile/MemberAvatars/${descriptor}` } },
    id,
    uniqueName,
    imageUrl: `${collection}/_apis/GraphProfile/MemberAvatars/${descriptor}`,
    descriptor,
  };
}
