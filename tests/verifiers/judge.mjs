// Programs that others wrote judge documents, without a network: a line of jobs on stdin, a line of verdicts on stdout.
//
// A job: {judge, documents: {address: text}, text, now?, schema?}; `text` is what is judged, `documents` are all that the
// judge may fetch, contexts aside. A verdict: {verdict: "valid" | "revoked" | "refused", why}.
import {readFileSync} from 'node:fs';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';

import * as bitstring from '@digitalbazaar/vc-bitstring-status-list';
import * as vc from '@digitalbazaar/vc';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {contexts as coreContexts} from '@digitalbazaar/credentials-context';
import {Ajv2019} from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import * as jose from 'jose';
import {verifyCredential as verifierCore} from '@digitalcredentials/verifier-core';

const DATA = fileURLToPath(new URL('../../badges/formats/data/', import.meta.url));
const read = path => JSON.parse(readFileSync(DATA + path, 'utf8'));

// Contexts: W3C's core ones as the libraries carry them, the others as this project bundles them.
const index = read('contexts/index.json');
const loaded = new Map();
function context(address) {
  if(!loaded.has(address)) {
    loaded.set(address, coreContexts.get(address) ??
      (address in index ? read(`contexts/${index[address].file}`) : undefined));
  }
  return loaded.get(address);
}

function loaderOf(documents) {
  return async url => {
    const document = context(url) ?? (url in documents ? JSON.parse(documents[url]) : undefined);
    if(document === undefined) {
      return vc.defaultDocumentLoader(url);  // the libraries' own contexts, or an error: it fetches nothing
    }
    return {contextUrl: null, documentUrl: url, document};
  };
}

// A library's error holds others: all that it says, the innermost last.
function reasons(error) {
  if(!error) return '';
  const inner = [error.errors, error.cause, error.details?.cause].flat().filter(e => e instanceof Error).map(reasons);
  return [error.message ?? String(error), ...inner].join(' | ');
}

const valid = {verdict: 'valid', why: ''};
const refused = why => ({verdict: 'refused', why});
const suite = () => new DataIntegrityProof({cryptosuite});

async function ofStatus({credential, documentLoader}) {
  const outcome = await bitstring.checkStatus({credential, documentLoader, suite: suite()});
  return statusVerdict(outcome);
}

function statusVerdict(outcome) {
  if(!outcome.verified) return refused(reasons(outcome.error));
  return outcome.results.some(({status}) => status) ? {verdict: 'revoked', why: 'the bit of the list is set'} : valid;
}

// @digitalbazaar/vc: an embedded proof (eddsa-rdfc-2022), dates, and the Bitstring status list.
async function dataIntegrity({text, documents, now}) {
  const outcome = await vc.verifyCredential({
    credential: JSON.parse(text), suite: suite(), documentLoader: loaderOf(documents),
    checkStatus: bitstring.checkStatus, ...(now && {now}),
  });
  if(outcome.statusResult) return statusVerdict(outcome.statusResult);
  return outcome.verified ? valid : refused(reasons(outcome.error));
}

// jose: signature of a VC-JWT by the JWK that its kid's address answers, registered claims; then the status list.
async function token({text, documents, now}) {
  const {kid} = jose.decodeProtectedHeader(text);
  if(!(kid in documents)) return refused(`no key at ${kid}`);
  const key = await jose.importJWK(JSON.parse(documents[kid]), 'RS256');
  const credential = jose.decodeJwt(text);
  const {payload} = await jose.jwtVerify(text, key, {
    algorithms: ['RS256'], typ: 'JWT', issuer: credential.issuer.id, subject: credential.credentialSubject.id,
    requiredClaims: ['iss', 'jti', 'nbf', 'sub'], ...(now && {currentDate: new Date(now)}),
  });
  if(payload.jti !== payload.id) return refused('jti is not the id');
  if(!payload.credentialStatus) return valid;
  return ofStatus({credential: payload, documentLoader: loaderOf(documents)});
}

// jose: an OB 2.0 JWS by the key at verification.creator. Its payload is no set of claims.
async function jws({text, documents}) {
  const payload = JSON.parse(new TextDecoder().decode(jose.base64url.decode(text.split('.')[1])));
  const {publicKeyPem} = JSON.parse(documents[payload.verification.creator]);
  await jose.compactVerify(text, await jose.importSPKI(publicKeyPem, 'RS256'), {algorithms: ['RS256']});
  return valid;
}

// 1EdTech's JSON Schemas, by ajv.
const ajv = addFormats.default(new Ajv2019({allErrors: true, strict: false}));
const schemas = {};
async function schema({text, schema: name}) {
  const check = schemas[name] ??= ajv.compile(read(`schemas/${name}.json`));
  const document = text.startsWith('{') ? JSON.parse(text) : jose.decodeJwt(text);
  return check(document) ? valid : refused(ajv.errorsText(check.errors));
}

// @digitalcredentials/verifier-core, as VerifierPlus and the Learner Credential Wallet use it. It brings its own loader.
async function wallet({text, documents}) {
  globalThis.fetch = async request => {
    const url = typeof request === 'string' ? request : request.url;
    const found = documents[url] ?? (context(url) && JSON.stringify(context(url))) ?? publishedSchema(url);
    return new Response(found ?? 'not found', {status: found === undefined ? 404 : 200});
  };
  const outcome = await verifierCore({credential: JSON.parse(text), knownDIDRegistries: []});
  if(outcome.errors) return refused(outcome.errors.map(({name, message}) => `${name}: ${message}`).join(' | '));
  const log = Object.fromEntries(outcome.log.map(step => [step.id, step]));
  if(log.valid_signature?.valid !== true) return refused('valid_signature');
  if(log.expiration?.valid !== true) return refused('expiration');
  if(log.revocation_status?.error) return refused(JSON.stringify(log.revocation_status.error));
  if(log.revocation_status?.valid === false) return {verdict: 'revoked', why: 'revocation_status'};
  const [{results}] = outcome.additionalInformation;
  const wrong = Array.isArray(results) ? results.filter(({result}) => !result.valid) : [];
  return wrong.length ? refused(JSON.stringify(wrong)) : valid;
}

function publishedSchema(url) {
  const name = /schema\/json\/(ob_v3p0_(?:achievement|endorsement)credential)_schema\.json$/.exec(url)?.[1];
  return name && JSON.stringify(read(`schemas/${name}.canonical.json`));
}

const judges = {'data-integrity': dataIntegrity, token, jws, schema, wallet};
globalThis.fetch = async () => { throw new Error('there is no network here'); };
console.log = console.error;  // stdout is for verdicts

async function judge(job) {
  try {
    return await judges[job.judge](job);
  } catch(error) {
    return refused(reasons(error));
  }
}

for await (const line of createInterface({input: process.stdin})) {
  const verdicts = [];
  for(const job of JSON.parse(line)) {
    verdicts.push(await judge(job));  // one after the other: the wallet's network is the job's
  }
  process.stdout.write(JSON.stringify(verdicts) + '\n');
}
